import AirbyteProtocol
import CSystem
import JSONBytes

/// Which source it is, and whose data it gives, as far as the runner can tell without knowing it.
///
/// The program is told by its command line. Whose data it gives is told by *marks*: the texts that the configuration
/// must hold by the source's specification and that are no secrets, such as an address, an account, a user's id. As in
/// the connector beside it, one of them may change (a new host name, a new user): the data are others when none is left.
struct SourceIdentity: Equatable {
    /// Program and arguments, secrets hidden. Nil for a file of 0.1.0, which did not note it.
    var command: [String]?
    /// In the order of the configuration.
    var marks: [String]

    /// The source that `command` runs with `configuration`.
    init(_ command: SourceCommand, configuration: JSON, specification: JSON, redactor: Redactor) {
        var words = command.words
        if words[0].contains("/"), let resolved = realpath(words[0], nil) {
            words[0] = String(cString: resolved)
            free(resolved)
        }
        self.command = words.map { redactor($0) }
        var search = MarkSearch()
        search.collect(configuration, specification, isRequired: true)
        if search.found.isEmpty { search.collectAll(configuration) }
        // What it changes has a secret in it.
        marks = search.found.filter { redactor($0).isExactly($0) }
    }

    /// What the file remembers.
    init(command: [String]?, marks: [String]) {
        self.command = command
        self.marks = marks
    }

    /// Whether both are the same program, perhaps moved to another folder: then a common mark has to vouch for it.
    func isSameProgram(as other: SourceIdentity) -> Bool {
        guard let command, let others = other.command else { return true }
        if command == others { return true }
        let name = { (words: [String]) in words[0].split(separator: "/").last }
        return name(command) == name(others) && command.dropFirst() == others.dropFirst()
            && marks.contains { other.marks.contains($0) }
    }

    /// Whether both can be about the same data.
    func sharesData(with other: SourceIdentity) -> Bool {
        marks.isEmpty || other.marks.isEmpty || marks.contains { other.marks.contains($0) }
    }
}

/// Finds the marks in a configuration.
private struct MarkSearch {
    private(set) var found: [String] = []

    /// Required texts by the specification, through nested objects and alternatives. Lists count element by element:
    /// with one more of them it is still the same account.
    mutating func collect(_ value: JSON, _ schema: JSON, isRequired: Bool) {
        guard schema["airbyte_secret"]?.boolean != true, schema["const"] == nil, schema["enum"] == nil else { return }
        if isRequired, schema["default"] != value, schema["format"]?.string?.hasPrefix("date") != true { add(value) }
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        for member in schema["properties"]?.members ?? [] where !SecretSearch.isSecret(member.name) {
            guard let inner = value[member.name] else { continue }
            collect(inner, member.value, isRequired: isRequired && required.contains(member.name))
        }
        for name in ["oneOf", "anyOf", "allOf"] {
            for alternative in schema[name]?.array ?? [] { collect(value, alternative, isRequired: isRequired) }
        }
    }

    /// All texts, where the specification says nothing.
    mutating func collectAll(_ value: JSON) {
        add(value)
        for member in value.members ?? [] where !SecretSearch.isSecret(member.name) { collectAll(member.value) }
    }

    private mutating func add(_ value: JSON) {
        for text in (value.array ?? [value]).compactMap(\.string) {
            let mark = Self.normalized(text)
            if !mark.isEmpty, !Self.isDate(mark), !found.contains(mark) { found.append(mark) }
        }
    }

    private static func isDate(_ text: String) -> Bool {
        let shape = text.prefix(10).map { $0.isNumber ? "0" : $0 }
        return String(shape) == "0000-00-00"
    }

    /// Without what makes no difference in an address: the case of the host, what stands before an `@` there, trailing
    /// slashes, and the path of an API.
    private static func normalized(_ text: String) -> String {
        var mark = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard let scheme = mark.firstRange(of: "://") else { return mark }
        let authority = mark[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        mark = mark[..<scheme.upperBound].lowercased() + host.lowercased() + mark[authority.endIndex...]
        for ending in ["/", "/v1", "/api", "/"] {
            while mark.hasSuffix(ending) { mark.removeLast(ending.count) }
        }
        return mark
    }
}
