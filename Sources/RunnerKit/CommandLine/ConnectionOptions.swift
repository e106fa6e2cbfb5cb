import AirbyteProtocol
import JSONBytes

/// A connection in one file: the options of the command line as members of a JSON object, so that a crontab needs nothing
/// but `airbyte-run sync prod.json`.
///
/// Its members are called like the options, with `_` for `-`; `config` may be the configuration itself. Files are named as
/// seen from the folder of the connection file. What is null, empty or false is not set.
struct ConnectionOptions {
    /// Where it is.
    let path: String
    /// The values of each option in it.
    private(set) var values: [OptionName: [String]] = [:]
    /// The options whose member is a configuration itself and no path: their value is the path of this file.
    private(set) var inline: Set<OptionName> = []

    /// Reads the file. Throws `.usage` with the member that cannot be.
    init(_ path: String) throws(RunnerError) {
        self.path = path
        if let kind = path == HandwrittenFile.standardInput ? "standard input" : Files.specialKind(path) {
            throw RunnerError(.usage, "the connection file \(path) is \(kind): name a regular file")
        }
        guard try Files.read(path) != nil else {
            throw RunnerError(
                .usage, "unexpected argument `\(path)`: it would be a connection file, and there is none of that name")
        }
        let file = try HandwrittenFile(path, role: "connection file", option: "the connection file")
        for member in file.object.members ?? [] where !member.name.hasPrefix("_") {
            guard let option = Self.option(member.name) else {
                let advice = Suggestion.sentence(for: member.name, among: Self.options.map(Self.name))
                throw RunnerError(
                    .configuration, "\(file.name) has a member `\(member.name)` that means nothing\(advice)")
            }
            guard Self.isSet(member.value) else { continue }
            if case .configuration? = option.rule.value, member.value.members != nil {
                inline.insert(option)
                values[option] = [path]
                continue
            }
            var placeholders = Placeholders()
            let value = try placeholders.filling(member.value, file: file.name)
            guard let words = Self.words(option, value, folder: TargetFile.folder(of: path)) else {
                throw RunnerError(
                    .configuration, "`\(member.name)` in \(file.name) has to be \(Self.kind(of: option.rule.value))")
            }
            values[option] = words
        }
    }

    /// The options that a connection may have.
    static let options = OptionName.allCases.filter { $0 != .help && $0 != .version }

    /// As a member is called.
    static func name(_ option: OptionName) -> String { option.rawValue.replacing("-", with: "_") }

    private static func option(_ member: String) -> OptionName? {
        options.first { name($0) == member.replacing("-", with: "_") }
    }

    private static func isSet(_ value: JSON) -> Bool {
        switch value {
        case .null, .boolean(false), .string(""), .array([]): false
        default: true
        }
    }

    /// The words of an option, as the command line would have them; nil when `value` is of another kind.
    private static func words(_ option: OptionName, _ value: JSON, folder: String) -> [String]? {
        switch (option.rule.value, value) {
        case (nil, .boolean): return []
        case (.file?, .string(let text)), (.configuration?, .string(let text)): return [seen(text, from: folder)]
        case (.command?, .string(let line)):
            // Only the program: what its arguments mean nobody here knows.
            guard let program = try? SourceCommand(line).words.first, program.contains("/"), line.hasPrefix(program)
            else { return [line] }
            return [quoted(seen(program, from: folder)) + line.dropFirst(program.count)]
        case (.command?, .array(let elements)):
            let words = elements.compactMap(\.string)
            guard words.count == elements.count, let program = words.first else { return nil }
            let first = program.contains("/") ? seen(program, from: folder) : program
            return [([first] + words.dropFirst()).map(quoted).joined(separator: " ")]
        case (.text?, .string(let text)), (.text?, .number(let text)): return [text]
        case (.text?, .array(let elements)):
            let words = elements.compactMap(\.string)
            guard words.count == elements.count else { return nil }
            return option.rule.isRepeatable ? words : [words.joined(separator: ",")]
        default: return nil
        }
    }

    private static func kind(of value: OptionRule.Value?) -> String {
        switch value {
        case nil: "true or false"
        case .file?: "a text, the path of a file"
        case .configuration?: "a text, the path of a file, or an object with the settings"
        case .command?: "a text or a list of words, the command line of a program"
        case .text?: "a text, a number or a list of texts"
        }
    }

    private static func seen(_ path: String, from folder: String) -> String {
        path.hasPrefix("/") || path == HandwrittenFile.standardInput ? path : folder + path
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}

extension CommandWords {
    /// Fills in from a connection file what the command line does not say and the verb takes.
    mutating func add(_ connection: ConnectionOptions) {
        for (option, words) in connection.values where verb.rule.options.contains(option) && !has(option) {
            // A file for `sync` serves `read`, too, which has no place to go on from without a state file.
            if option == .retries, verb == .read, !has(.state), connection.values[.state] == nil { continue }
            add(option, words)
            if connection.inline.contains(option) { inline.insert(option) }
        }
    }
}
