/// The keys of a record shape with their rules, in flat memory and found by hash.
///
/// Unchecked, because it holds pointers; nothing is written after `init`.
final class KeyTable: @unchecked Sendable {
    /// One rule per known key, at index `count` the rule for all other keys, and behind it the one for reserved names.
    let rules: UnsafeMutablePointer<KeyRule>
    /// How many keys are known.
    let count: Int
    /// The length of the longest key with its comma, quotes and colon.
    let longestKey: Int
    /// The rules below the top level; those of one object lie together.
    let nested: UnsafeMutablePointer<MemberRule>
    /// How many probes each record has.
    let probeCount: Int
    /// Probes with the path of an earlier one, at whose number their values are noted first.
    let repeatedProbes: [(probe: Int, first: Int)]

    private let slots: UnsafeMutablePointer<Int16>
    private let slotMask: Int
    private let texts: [UnsafeMutablePointer<UInt8>]

    /// How many rules `rules` holds.
    var ruleCount: Int { count + 2 }

    /// Compiles `shape`.
    init(_ shape: RecordShape) {
        let root = KeyTree(shape).root
        let tree = root.children.sorted { $0.key < $1.key }
        count = tree.count
        var memory = Memory()
        rules = .allocate(capacity: tree.count + 2)
        for (index, entry) in tree.enumerated() {
            let quoted = JSONText.quoted(entry.key) + [UInt8(ascii: ":")]
            var rule = KeyRule(text: memory.text(quoted), length: quoted.count)
            rule.members = memory.members(of: entry.value)
            Self.fill(&rule, entry.value, shape.types[entry.key])
            (rules + index).initialize(to: rule)
        }
        let none = memory.text([0])
        (rules + tree.count).initialize(to: KeyRule(forOtherKeys: none, areDropped: false))
        (rules + tree.count + 1).initialize(to: KeyRule(forOtherKeys: none, areDropped: true))
        longestKey = (0..<tree.count).reduce(0) { [rules] in max($0, rules[$1].length) }
        nested = .allocate(capacity: memory.nested.count)
        nested.initialize(from: memory.nested, count: memory.nested.count)
        texts = memory.texts
        probeCount = shape.probing.count
        repeatedProbes = shape.probing.indices.compactMap { probe in
            guard let first = shape.probing.firstIndex(of: shape.probing[probe]), first < probe else { return nil }
            return (probe, first)
        }

        var size = 16
        while size < tree.count * 4 { size *= 2 }
        slotMask = size - 1
        slots = .allocate(capacity: size)
        slots.initialize(repeating: -1, count: size)
        for index in tree.indices {
            var slot = Self.hash(rules[index].text + 1, rules[index].length - 4) & slotMask
            while slots[slot] >= 0 { slot = (slot + 1) & slotMask }
            slots[slot] = Int16(index)
        }
    }

    deinit {
        rules.deallocate()
        nested.deallocate()
        slots.deallocate()
        for text in texts { text.deallocate() }
    }

    /// The index of the rule for the key with these bytes (no quotes, no escapes): `count` for an unknown key, `count + 1` for
    /// a reserved one.
    func index(of name: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = name.baseAddress else { return count }
        var slot = Self.hash(start, name.count) & slotMask
        while slots[slot] >= 0 {
            let candidate = Int(slots[slot])
            if rules[candidate].length == name.count + 4, Self.same(rules[candidate].text + 1, start, name.count) {
                return candidate
            }
            slot = (slot + 1) & slotMask
        }
        return ReservedName.matches(name) ? count + 1 : count
    }

    /// Whether the key with this text is probed, itself or below.
    func isProbed(_ name: [UInt8]) -> Bool {
        rules[name.withUnsafeBufferPointer { index(of: $0) }].isProbed
    }

    /// Whether `length` bytes at two places are the same.
    static func same(_ left: BytePointer, _ right: BytePointer, _ length: Int) -> Bool {
        for index in 0..<length where left[index] != right[index] { return false }
        return true
    }

    private static func hash(_ name: BytePointer, _ length: Int) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in 0..<length { hash = (hash ^ UInt32(name[index])) &* 16_777_619 }
        return Int(hash ^ hash >> 15)
    }

    private static func fill(_ rule: inout KeyRule, _ node: KeyTree.Node, _ type: FieldType?) {
        rule.type = type
        if let type { rule.allowed = type.allowedKinds }
        if type == .timestamp { rule.mode = .timestamp }
        rule.isDropped = node.isDropped
        rule.isMasking = node.isMasking
        rule.isProbed = node.isProbed
        if rule.isDropped || rule.isMasking || !rule.members.isEmpty { rule.mode = .special }
        rule.probe = node.probe.map(Int16.init) ?? -1
    }

    /// The flat memory while it is being filled.
    private struct Memory {
        var nested: [MemberRule] = []
        var texts: [UnsafeMutablePointer<UInt8>] = []

        /// A copy of these bytes that lives as long as the table.
        mutating func text(_ bytes: [UInt8]) -> BytePointer {
            let text = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
            text.initialize(from: bytes, count: bytes.count)
            texts.append(text)
            return BytePointer(text)
        }

        /// Lays down the rules below a key.
        mutating func members(of node: KeyTree.Node) -> MemberRules {
            var rules = MemberRules(
                first: Int16(nested.count), count: Int16(node.children.count), dropsOthers: node.dropsOthers)
            let children = node.children.sorted { $0.key < $1.key }
            for (name, child) in children {
                let bytes = Array(name.utf8)
                let rule = MemberRule(
                    text: text(bytes + [0]), length: bytes.count, isDropped: node.drops(name),
                    isMasking: child.isMasking, probe: child.probe.map(Int16.init) ?? -1)
                rules.marks |= MemberRules.mark(rule.text, rule.length)
                nested.append(rule)
            }
            for (index, child) in children.enumerated() {
                let members = members(of: child.value)
                nested[Int(rules.first) + index].members = members
            }
            return rules
        }
    }
}
