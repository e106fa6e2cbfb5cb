import AirbyteProtocol

extension JSONValue {
    /// The value as JSON text, keys sorted.
    var text: String {
        String(decoding: encoded, as: UTF8.self)
    }

    /// This object with `value` at `path`; objects on the way are made.
    func setting(_ path: [String], to value: JSONValue) -> JSONValue {
        guard let key = path.first else { return value }
        var members = objectValue ?? [:]
        members[key] = (members[key] ?? .object([:])).setting(Array(path.dropFirst()), to: value)
        return .object(members)
    }

    /// The value at `path`.
    func at(_ path: [String]) -> JSONValue? {
        path.reduce(Optional(self)) { $0?[$1] }
    }
}
