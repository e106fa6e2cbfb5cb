import AirbyteProtocol

@testable import JSONBytes

extension JSON {
    /// This object with `value` at `path`; objects on the way are made.
    func setting(_ path: [String], to value: JSON) -> JSON {
        guard let key = path.first else { return value }
        var members = members ?? []
        let inner = (self[key] ?? .object([])).setting(Array(path.dropFirst()), to: value)
        if let index = members.lastIndex(where: { $0.name == key }) {
            members[index].value = inner
        } else {
            members.append(Member(name: key, value: inner))
        }
        return .object(members)
    }

    /// The value at `path`.
    func at(_ path: [String]) -> JSON? {
        path.reduce(Optional(self)) { $0?[$1] }
    }
}
