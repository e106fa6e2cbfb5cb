import JSONBytes

extension JSON {
    /// Whether both say the same, though written differently: members in another order, `1.0` for `1`, or without those
    /// that are null. That is what becomes of a value in the hands of another program.
    func isEquivalent(to other: JSON) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.boolean(let left), .boolean(let right)): return left == right
        case (.string(let left), .string(let right)): return left.isExactly(right)
        case (.number(let left), .number(let right)):
            if left == right { return true }
            if let left = Int64(left), let right = Int64(right) { return left == right }
            return Double(left) == Double(right)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isEquivalent(to: $1) }
        case (.object, .object):
            let left = dictionary?.filter { $0.value != .null } ?? [:]
            let right = other.dictionary?.filter { $0.value != .null } ?? [:]
            return left.count == right.count
                && left.allSatisfy { member in right[member.key].map { member.value.isEquivalent(to: $0) } ?? false }
        default: return false
        }
    }

    /// Equal for values that are equivalent.
    var equivalenceHash: Int {
        var hasher = Hasher()
        switch self {
        case .null: hasher.combine(0)
        case .boolean(let flag): hasher.combine(flag)
        case .string(let text): hasher.combine(ExactText(text))
        case .number(let literal): hasher.combine(Double(literal))
        case .array(let elements): for element in elements { hasher.combine(element.equivalenceHash) }
        case .object:
            // In whatever order.
            var sum = 0
            for (name, value) in dictionary ?? [:] where value != .null {
                var member = Hasher()
                member.combine(ExactText(name))
                member.combine(value.equivalenceHash)
                sum &+= member.finalize()
            }
            hasher.combine(sum)
        }
        return hasher.finalize()
    }
}
