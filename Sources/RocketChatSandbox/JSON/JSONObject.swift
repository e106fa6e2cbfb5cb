/// A JSON object that keeps the order of its members.
struct JSONObject: Sendable, Hashable {
    /// One member.
    struct Member: Sendable, Hashable {
        /// The name, not escaped.
        var key: String
        /// What the name stands for.
        var value: JSON
    }

    /// The members in order of insertion; names are unique.
    private(set) var members: [Member]

    /// An object of these members.
    init(_ members: [Member] = []) {
        self.members = members
    }

    /// The value of a member; setting nil removes it, setting an absent one appends it.
    subscript(key: String) -> JSON? {
        get {
            for member in members where member.key == key { return member.value }
            return nil
        }
        set {
            if let index = members.firstIndex(where: { $0.key == key }) {
                if let newValue {
                    members[index].value = newValue
                } else {
                    members.remove(at: index)
                }
            } else if let newValue {
                members.append(Member(key: key, value: newValue))
            }
        }
    }

    /// The value at a dotted path, as in `u.username`.
    func value(at path: String) -> JSON? {
        guard let dot = path.firstIndex(of: ".") else { return self[path] }
        guard let inner = self[String(path[..<dot])]?.object else { return nil }
        return inner.value(at: String(path[path.index(after: dot)...]))
    }

    /// Removes the value at a dotted path.
    mutating func remove(at path: String) {
        guard let dot = path.firstIndex(of: ".") else {
            self[path] = nil
            return
        }
        let head = String(path[..<dot])
        guard var inner = self[head]?.object else { return }
        inner.remove(at: String(path[path.index(after: dot)...]))
        self[head] = .object(inner)
    }

    /// Sets the value at a dotted path whose parents are objects.
    mutating func set(_ value: JSON, at path: String) {
        guard let dot = path.firstIndex(of: ".") else {
            self[path] = value
            return
        }
        let head = String(path[..<dot])
        guard var inner = self[head]?.object else { return }
        inner.set(value, at: String(path[path.index(after: dot)...]))
        self[head] = .object(inner)
    }

    /// The members that a test lets through.
    func filter(_ keeps: (Member) -> Bool) -> JSONObject {
        JSONObject(members.filter(keeps))
    }

    /// This object with the members of another set over it.
    func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for member in other.members { merged[member.key] = member.value }
        return merged
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object with these members in this order.
    init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements.map { Member(key: $0.0, value: $0.1) })
    }
}
