/// Which rooms the room-by-room streams read: by kind and by name.
package struct RoomSelection: Sendable, Equatable {
    /// Kinds that can be configured: channel, private group, direct message.
    package static let knownTypes = ["c", "p", "d"]

    /// Kinds to read.
    package let types: Set<String>
    /// Patterns of which one must match; empty for no restriction.
    package let include: [String]
    /// Patterns of which none may match.
    package let exclude: [String]

    package init(types: Set<String>, include: [String] = [], exclude: [String] = []) {
        self.types = types
        self.include = include
        self.exclude = exclude
    }

    /// A text that is the same for the same selection, for a state that only wants to know whether it is another one.
    package var signature: String {
        // FNV-1a of 64 bits; what separates the texts is in none of them.
        var sum: UInt64 = 14_695_981_039_346_656_037
        for list in [types.sorted(), include, exclude] {
            for byte in (list.joined(separator: "\u{1E}") + "\u{1D}").utf8 {
                sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211
            }
        }
        return String(sum, radix: 16)
    }

    /// Whether a room of kind `type` that goes by these names (name, display name, id) is selected.
    package func admits(type: String, names: [String]) -> Bool {
        guard types.contains(type) else { return false }
        if exclude.contains(where: { pattern in names.contains { Self.matches($0, pattern) } }) { return false }
        return include.isEmpty || include.contains { pattern in names.contains { Self.matches($0, pattern) } }
    }

    /// Whether `name` matches `pattern`, where `*` is any run of characters and `?` one. Upper and lower case are one.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = Array(name.lowercased())
        let pattern = Array(pattern.lowercased())
        var here = 0
        var at = 0
        var star: (pattern: Int, name: Int)?
        while here < name.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at + 1, here)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[here] {
                at += 1
                here += 1
            } else if let last = star {
                // Let the last star swallow one character more.
                star = (last.pattern, last.name + 1)
                at = last.pattern
                here = last.name + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
