/// A record shape made ready for scanning: rules in flat memory, found by hash.
///
/// Unchecked, because it holds pointers; nothing is written after `init`.
final class ShapePlan: @unchecked Sendable {
    /// One rule per known key, and at index `count` the rule for all other keys.
    let rules: UnsafeMutablePointer<KeyRule>
    /// How many keys are known.
    let count: Int
    /// The length of the longest key with its comma, quotes and colon.
    let longestKey: Int
    /// The rules one level below, grouped by key.
    let nested: [NestedRule]
    /// How many probes each record has.
    let probeCount: Int
    /// Probes with the path of an earlier one, at whose number their values are noted first.
    let repeatedProbes: [(probe: Int, first: Int)]

    private let slots: UnsafeMutablePointer<Int16>
    private let slotMask: Int
    private let texts: UnsafeMutablePointer<UInt8>

    /// Compiles `shape`.
    init(_ shape: RecordShape) {
        let names = Self.names(of: shape)
        let quoted = names.map { JSONText.quoted($0) }
        texts = .allocate(capacity: quoted.reduce(1) { $0 + $1.count + 1 })
        rules = .allocate(capacity: names.count + 1)
        var nested: [NestedRule] = []
        var offset = 0
        for (index, name) in names.enumerated() {
            let text = texts + offset
            for byte in quoted[index] + [UInt8(ascii: ":")] {
                texts[offset] = byte
                offset += 1
            }
            var rule = KeyRule(text: text, length: quoted[index].count + 1)
            let below = Self.nestedRules(of: name, in: shape)
            rule.nested = (Int16(nested.count), Int16(below.count))
            nested += below
            Self.fill(&rule, name: name, shape: shape)
            (rules + index).initialize(to: rule)
        }
        (rules + names.count).initialize(to: KeyRule(forOtherKeys: texts))
        longestKey = quoted.reduce(0) { max($0, $1.count + 2) }
        self.nested = nested
        count = names.count
        probeCount = shape.probing.count
        repeatedProbes = shape.probing.indices.compactMap { probe in
            guard let first = shape.probing.firstIndex(of: shape.probing[probe]), first < probe else { return nil }
            return (probe, first)
        }

        var size = 16
        while size < names.count * 4 { size *= 2 }
        slotMask = size - 1
        slots = .allocate(capacity: size)
        slots.initialize(repeating: -1, count: size)
        for index in 0..<names.count {
            var slot = Self.hash(rules[index].text + 1, rules[index].length - 4) & slotMask
            while slots[slot] >= 0 { slot = (slot + 1) & slotMask }
            slots[slot] = Int16(index)
        }
    }

    deinit {
        rules.deallocate()
        slots.deallocate()
        texts.deallocate()
    }

    /// The index of the rule for the key with these bytes (no quotes, no escapes); `count` for an unknown key.
    func index(of name: BytePointer, length: Int) -> Int {
        var slot = Self.hash(name, length) & slotMask
        while slots[slot] >= 0 {
            let candidate = Int(slots[slot])
            if rules[candidate].length == length + 4, Self.same(rules[candidate].text + 1, name, length) {
                return candidate
            }
            slot = (slot + 1) & slotMask
        }
        return count
    }

    /// Whether the key with this text is probed, itself or one level below.
    func isProbed(_ name: [UInt8]) -> Bool {
        let index = name.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { self.index(of: $0, length: bytes.count) } ?? count
        }
        guard index < count else { return false }
        let below = Int(rules[index].nested.first)..<Int(rules[index].nested.first + rules[index].nested.count)
        return rules[index].probe >= 0 || nested[below].contains { $0.probe >= 0 }
    }

    private static func same(_ left: BytePointer, _ right: BytePointer, _ length: Int) -> Bool {
        for index in 0..<length where left[index] != right[index] { return false }
        return true
    }

    private static func hash(_ name: BytePointer, _ length: Int) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in 0..<length { hash = (hash ^ UInt32(name[index])) &* 16_777_619 }
        return Int(hash ^ hash >> 15)
    }

    private static func names(of shape: RecordShape) -> [String] {
        let all = Array(shape.types.keys) + (shape.dropping + shape.probing).map(\.first)
        return Set(all).sorted()
    }

    private static func nestedRules(of name: String, in shape: RecordShape) -> [NestedRule] {
        let dropped = shape.dropping.filter { $0.first == name }.compactMap(\.second)
        let probed = shape.probing.filter { $0.first == name }.compactMap(\.second)
        return Set(dropped + probed).sorted().map { second in
            NestedRule(
                name: Array(second.utf8), isDropped: dropped.contains(second),
                probe: shape.probing.firstIndex { $0.first == name && $0.second == second }.map(Int16.init) ?? -1)
        }
    }

    private static func fill(_ rule: inout KeyRule, name: String, shape: RecordShape) {
        if let type = shape.types[name] {
            rule.allowed = type.allowedKinds
            rule.isList = type == .list
            rule.isTimestamp = type == .timestamp
            if type == .timestamp { rule.mode = .timestamp }
        }
        rule.isDropped = shape.dropping.contains { $0.first == name && $0.second == nil }
        if rule.isDropped || rule.nested.count > 0 { rule.mode = .special }
        if let probe = shape.probing.firstIndex(where: { $0.first == name && $0.second == nil }) {
            rule.probe = Int16(probe)
        }
    }
}
