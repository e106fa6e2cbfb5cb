/// The parameters a route takes and since when it checks them (the server's `rest-typings`; rocket-chat-api.md §3.1).
struct Parameters: ValidatedInput, Sendable {
    /// What a value must be.
    enum Kind: Sendable {
        /// Any text.
        case text
        /// Text that is not empty.
        case filled
        /// A number.
        case number
        /// `true` or `false`.
        case flag
        /// A list, `name[]=a`; one plain value counts as one.
        case list
        /// One of these.
        case one([String])
        /// A list of some of these.
        case some([String])
        /// A date and time in full.
        case date
    }

    private var kinds: [String: Kind]
    private var required: [String] = []
    private var alternatives: [String] = []
    /// Checked since 4.8 where nothing else is known.
    var validation = Validation(checked: Version(4, 8))

    /// Exactly these texts.
    static func only(_ names: String...) -> Parameters {
        Parameters(kinds: Dictionary(uniqueKeysWithValues: names.map { ($0, .text) }))
    }

    /// Those of a paged list and these texts.
    static func list(_ names: String...) -> Parameters {
        var kinds: [String: Kind] = ["count": .number, "offset": .number, "sort": .text, "query": .text]
        for name in names { kinds[name] = .text }
        return Parameters(kinds: kinds)
    }

    private init(kinds: [String: Kind]) {
        self.kinds = kinds
    }

    /// The same, each of these names being of a kind; they are allowed too.
    func with(_ kind: Kind, _ names: String...) -> Parameters {
        var parameters = self
        for name in names { parameters.kinds[name] = kind }
        return parameters
    }

    /// The same with required names, which are allowed too.
    func requiring(_ names: String...) -> Parameters {
        var parameters = self
        parameters.required += names
        for name in names where kinds[name] == nil { parameters.kinds[name] = .text }
        return parameters
    }

    /// The same with exactly one of these names.
    func requiringOne(of names: String...) -> Parameters {
        var parameters = self
        parameters.alternatives = names
        for name in names { parameters.kinds[name] = .text }
        return parameters
    }

    /// The validator's complaint about a query, or nil.
    func complaint(about query: QueryParameters, _ version: Version) -> String? {
        guard version >= validation.checked else { return nil }
        var kinds = kinds
        // Removed with the parameter itself (planned for 9.0).
        if version >= Version(9, 0) { kinds["query"] = nil }
        // Issue 41715 of the server.
        if version < Version(8, 8) { kinds["fromTs"] = nil }
        for name in required where query.list(name).isEmpty { return "must have required property '\(name)'" }
        if let complaint = complaintAboutAlternatives(query) { return complaint }
        if !validation.takesOthers, !query.names.subtracting(kinds.keys).isEmpty {
            return "must NOT have additional properties"
        }
        for pair in query.pairs {
            let isList = pair.name.hasSuffix("[]")
            let name = isList ? String(pair.name.dropLast(2)) : pair.name
            guard let kind = kinds[name], let complaint = kind.complaint(about: pair.value, isList: isList) else {
                continue
            }
            return complaint
        }
        return nil
    }

    private func complaintAboutAlternatives(_ query: QueryParameters) -> String? {
        guard !alternatives.isEmpty else { return nil }
        let given = alternatives.filter { !query.list($0).isEmpty }
        guard given.count != 1 else { return nil }
        let missing = given.isEmpty ? alternatives.map { "must have required property '\($0)'" } : []
        return (missing + ["must match exactly one schema in oneOf"]).joined(separator: "\n ")
    }
}

extension Parameters.Kind {
    /// What is wrong with a value, in the validator's words.
    func complaint(about value: String, isList: Bool) -> String? {
        switch self {
        case .list: return nil
        case .some(let values):
            return values.contains(value) ? nil : "must be equal to one of the allowed values"
        case _ where isList: return "must be string"
        case .text: return nil
        case .filled: return value.isEmpty ? "must NOT have fewer than 1 characters" : nil
        case .number: return Double(value) == nil ? "must be number" : nil
        case .flag: return ["true", "false"].contains(value) ? nil : "must be boolean"
        case .one(let values):
            return values.contains(value) ? nil : "must be equal to one of the allowed values"
        case .date:
            return value.contains("T") && ISODate.parse(value) != nil ? nil : #"must match format "date-time""#
        }
    }
}
