import AirbyteProtocol
import CSystem
import JSONBytes

/// `${env:NAME}` in the texts of a file: the value of an environment variable, so that the file can be shown and checked
/// in while its secrets are elsewhere. `$${env:` stands for the characters themselves.
struct Placeholders {
    /// The variables that were asked for and are set.
    private(set) var values: [String: String] = [:]
    private var unset: [String] = []
    private var malformed: [String] = []
    private let environment: (String) -> String?

    /// `environment` tells the value of a variable.
    init(environment: @escaping (String) -> String? = { name in getenv(name).map { String(cString: $0) } }) {
        self.environment = environment
    }

    private static let opening = "${env:"

    /// `json` with its texts filled in; members' names stay. Throws `.configuration` with every variable that is not set;
    /// `file` is where they are asked for.
    mutating func filling(_ json: JSON, file: String) throws(RunnerError) -> JSON {
        let filled = fill(json)
        if let text = malformed.first {
            throw RunnerError(
                .configuration,
                "\(file) has `\(text)`, which names no environment variable: it has to look like ${env:NAME}")
        }
        guard unset.isEmpty else {
            let names = unset.map { "${env:\($0)}" }.joined(separator: ", ")
            let variables = unset.count == 1 ? "that environment variable is" : "those environment variables are"
            throw RunnerError(
                .configuration, "\(file) asks for \(names), but \(variables) not set: `export \(unset[0])=…` sets it")
        }
        return filled
    }

    private mutating func fill(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): return .string(fill(text))
        case .array(let elements):
            var filled: [JSON] = []
            for element in elements { filled.append(fill(element)) }
            return .array(filled)
        case .object(let members):
            var filled: [JSON.Member] = []
            for member in members { filled.append(JSON.Member(name: member.name, value: fill(member.value))) }
            return .object(filled)
        case .null, .boolean, .number: return json
        }
    }

    private mutating func fill(_ text: String) -> String {
        guard text.contains(Self.opening) else { return text }
        var filled = ""
        var rest = text[...]
        while let start = rest.firstRange(of: Self.opening) {
            let before = rest[..<start.lowerBound]
            if before.hasSuffix("$") {
                filled += before.dropLast() + Self.opening
                rest = rest[start.upperBound...]
                continue
            }
            filled += before
            let name = rest[start.upperBound...].prefix { $0 != "}" }
            guard name.endIndex < rest.endIndex, Self.isName(name) else {
                malformed.append(Self.opening + name.prefix(40))
                return text
            }
            filled += value(of: String(name))
            rest = rest[rest.index(after: name.endIndex)...]
        }
        return filled + rest
    }

    private mutating func value(of name: String) -> String {
        if let value = environment(name) {
            values[name] = value
            return value
        }
        if !unset.contains(name) { unset.append(name) }
        return ""
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
    }

    /// `text` as a file may hold it: where a value of the environment stands in it, its placeholder, and what would be
    /// taken for a placeholder is none.
    static func written(_ text: String, values: [String: String]) -> String {
        if let whole = values.first(where: { !$0.value.isEmpty && $0.value.isExactly(text) }) {
            return opening + whole.key + "}"
        }
        // A short value stands in many texts by chance.
        let inner = values.filter { $0.value.utf8.count >= 6 }.sorted { $0.value.utf8.count > $1.value.utf8.count }
        guard let value = inner.first(where: { text.contains($0.value) }),
            let place = text.firstRange(of: value.value)
        else { return text.replacing(opening, with: "$" + opening) }
        return written(String(text[..<place.lowerBound]), values: values) + opening + value.key + "}"
            + written(String(text[place.upperBound...]), values: values)
    }
}
