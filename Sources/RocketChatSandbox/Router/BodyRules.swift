/// What the body of a writing route must look like and since when that is checked before the handler (the server's
/// `rest-typings`). Handlers of earlier releases complain in words of their own.
struct BodyRules: ValidatedInput, Sendable {
    /// What a member must be.
    enum Kind: Sendable {
        case text, filled, flag, list, filledList, object
    }

    private var kinds: [String: Kind] = [:]
    private var required: [String] = []
    private var alternatives: [String] = []
    /// Checked since 7.2 where nothing else is known.
    var validation = Validation(checked: Version(7, 2))

    /// These members must be there, each of that kind.
    static func requiring(_ kind: Kind = .text, _ names: String...) -> BodyRules {
        var rules = BodyRules()
        rules.required = names
        for name in names { rules.kinds[name] = kind }
        return rules
    }

    /// One of these texts must be there.
    static func requiringOne(of names: String...) -> BodyRules {
        var rules = BodyRules()
        rules.alternatives = names
        for name in names { rules.kinds[name] = .text }
        return rules
    }

    /// The same with members that may be there.
    func allowing(_ kind: Kind, _ names: String...) -> BodyRules {
        var rules = self
        for name in names { rules.kinds[name] = kind }
        return rules
    }

    /// The same with further members that must be there.
    func requiring(_ kind: Kind, also names: String...) -> BodyRules {
        var rules = self
        rules.required += names
        for name in names { rules.kinds[name] = kind }
        return rules
    }

    /// The validator's complaint about a body, or nil.
    func complaint(about body: JSONObject, _ version: Version) -> String? {
        guard version >= validation.checked else { return nil }
        for name in required where body[name] == nil { return "must have required property '\(name)'" }
        if !alternatives.isEmpty, alternatives.allSatisfy({ body[$0] == nil }) {
            return (alternatives.map { "must have required property '\($0)'" } + ["must match a schema in anyOf"])
                .joined(separator: "\n ")
        }
        for member in body.members {
            guard let kind = kinds[member.key] else {
                if validation.takesOthers { continue }
                return "must NOT have additional properties"
            }
            if let complaint = kind.complaint(about: member.value) { return complaint }
        }
        return nil
    }
}

extension BodyRules.Kind {
    /// What is wrong with a value, in the validator's words.
    fileprivate func complaint(about value: JSON) -> String? {
        switch (self, value) {
        case (.filled, .string("")): "must NOT have fewer than 1 characters"
        case (.filledList, .array([])): "must NOT have fewer than 1 items"
        case (.text, .string), (.filled, .string), (.flag, .bool), (.list, .array), (.filledList, .array),
            (.object, .object), (_, .null):
            nil
        case (.text, _), (.filled, _): "must be string"
        case (.flag, _): "must be boolean"
        case (.list, _), (.filledList, _): "must be array"
        case (.object, _): "must be object"
        }
    }
}
