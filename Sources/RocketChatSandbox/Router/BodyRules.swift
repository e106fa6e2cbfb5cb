/// What the body of a writing route must look like and since when that is checked before the handler (the server's
/// `rest-typings`). Handlers of earlier releases complain in words of their own.
struct BodyRules: Sendable {
    /// What a member must be.
    enum Kind: Sendable {
        case text, filled, flag, list, filledList, object
    }

    private var kinds: [String: Kind] = [:]
    private var required: [String] = []
    private var alternatives: [String] = []
    private var takesOthers = false
    private var checked = Version(7, 2)
    private var typed: Version? = Version(8, 3)

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

    /// The same, other members being passed over.
    func allowingOthers() -> BodyRules {
        var rules = self
        rules.takesOthers = true
        return rules
    }

    /// The same, first checked in a release.
    func since(_ major: Int, _ minor: Int) -> BodyRules {
        var rules = self
        rules.checked = Version(major, minor)
        return rules
    }

    /// The same for a route that became a typed one in a release other than 8.3.
    func typed(_ major: Int, _ minor: Int) -> BodyRules {
        var rules = self
        rules.typed = Version(major, minor)
        return rules
    }

    /// The same for a route that has not become a typed one up to 8.6.
    func legacy() -> BodyRules {
        var rules = self
        rules.typed = nil
        return rules
    }

    /// Whether a release checks before the limiter counts and complains with `error-invalid-params`.
    func isTyped(_ version: Version) -> Bool {
        typed.map { version >= $0 } ?? (version >= Version(9, 0))
    }

    /// The validator's complaint about a body, or nil.
    func complaint(about body: JSONObject, _ version: Version) -> String? {
        guard version >= checked else { return nil }
        for name in required where body[name] == nil { return "must have required property '\(name)'" }
        if !alternatives.isEmpty, alternatives.allSatisfy({ body[$0] == nil }) {
            return (alternatives.map { "must have required property '\($0)'" } + ["must match a schema in anyOf"])
                .joined(separator: "\n ")
        }
        for member in body.members {
            guard let kind = kinds[member.key] else {
                if takesOthers { continue }
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
