import AirbyteProtocol
import JSONBytes

/// The configuration of a source: as the user's file has it, and as the source gets it.
///
/// A class, because a source may change it while it runs, and its next start has to be given what it said last.
final class SourceConfiguration {
    /// What the source is given: placeholders filled in.
    private(set) var value: JSON
    /// The environment variables in it, by name.
    let environment: [String: String]
    /// What to say of the file although it will do.
    let notice: String?

    /// The file itself, where the source can read it as it is; nil where it is given a copy.
    private var original: String?
    /// Where a change is kept; nil unless asked for.
    private let home: TargetFile?
    /// The member of the file that holds the configuration; nil where all of it does.
    private let member: String?
    /// The option that names the file.
    private let option: String

    /// Reads the configuration at `path`: all of the file, or its member `member`, as connection files have it. With
    /// `isSaved`, what the source changes is kept there.
    init(_ path: String, member: String? = nil, option: String = "--config", isSaved: Bool = false) throws(RunnerError)
    {
        self.member = member
        self.option = option
        // Before the source is started: a file that cannot be kept is found out at once.
        if isSaved, path == HandwrittenFile.standardInput {
            throw RunnerError(.usage, "--save-config has no file to save in: \(option) - is standard input")
        }
        home = isSaved ? try TargetFile(path, option: option) : nil
        let file = try HandwrittenFile(
            path, role: member == nil ? "configuration file" : "connection file", option: option)
        let written = try Self.configuration(in: file.object, member: member, name: file.name)
        var placeholders = Placeholders()
        value = try placeholders.filling(written, file: file.name)
        environment = placeholders.values
        notice = file.notice
        original = file.isReadableBySources && member == nil && value.bytes == written.bytes ? path : nil
    }

    private static func configuration(in object: JSON, member: String?, name: String) throws(RunnerError) -> JSON {
        guard let member else { return object }
        guard let inner = object[member], inner.members != nil else {
            throw RunnerError(.configuration, "`\(member)` in \(name) has to hold a JSON object")
        }
        return inner
    }

    /// What comes from environment variables that are called like a secret.
    var secrets: Set<String> {
        Set(environment.filter { SecretSearch.isSecret($0.key) && !$0.value.isEmpty }.values)
    }

    /// The path to give to the source, beside its other files in `scratch`, which is made when it is needed; a copy is called `name`.
    func path(in scratch: inout ScratchFolder?, as name: String = copy) throws(RunnerError) -> String {
        try path { text throws(RunnerError) in
            let folder: ScratchFolder
            if let scratch { folder = scratch } else { folder = try ScratchFolder() }
            scratch = folder
            return try folder.add(name, text)
        }
    }

    /// The path to give to the source; `copy` writes a copy and returns where.
    func path(_ copy: (String) throws(RunnerError) -> String) throws(RunnerError) -> String {
        if let original { original } else { try copy(value.text) }
    }

    /// The name of the copy in a scratch folder.
    static let copy = "config.json"

    /// What becomes of a configuration that a source tells.
    enum Change {
        /// It is the one that it was given.
        case none
        /// It is kept for the rest of this run.
        case lost
        /// It is kept in this file.
        case saved(String)
    }

    /// Takes over what the source says its configuration is now.
    func take(_ changed: JSON) throws(RunnerError) -> Change {
        let given = value
        value = ConfigurationChange(given: given, changed: changed, values: nil).applied(to: given)
        guard value.bytes != given.bytes else { return .none }
        guard let home else {
            // What the file says is not what the source has to be given any more.
            original = nil
            return .lost
        }
        // As the file is now, which somebody may have edited meanwhile.
        let file = try HandwrittenFile(home.path, role: "configuration file", option: option).object
        let written = try Self.configuration(in: file, member: member, name: home.path)
        let kept = ConfigurationChange(given: given, changed: changed, values: environment).applied(to: written)
        try Files.replace(home.path, with: Self.placing(kept, in: file, member: member).indentedText + "\n")
        if kept.bytes != value.bytes { original = nil }
        return .saved(home.path)
    }

    private static func placing(_ configuration: JSON, in file: JSON, member: String?) -> JSON {
        guard let member, var members = file.members,
            let place = members.lastIndex(where: { $0.name.isExactly(member) })
        else { return configuration }
        members[place].value = configuration
        return .object(members)
    }
}
