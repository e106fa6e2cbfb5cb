/// Random numbers that follow from a seed (SplitMix64).
struct SeededRandom: Sendable {
    private var state: UInt64

    /// The sequence of a seed.
    init(_ seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number in `0..<bound`.
    mutating func below(_ bound: Int) -> Int {
        Int((next() >> 1) % UInt64(max(bound, 1)))
    }

    /// True in that share of the cases.
    mutating func chance(_ probability: Double) -> Bool {
        Double(next() >> 11) * 0x1p-53 < probability
    }

    /// One of some elements; there must be one.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// An id of Meteor's kind: `length` letters and digits that cannot be mistaken for one another.
    mutating func identifier(_ length: Int = 17) -> String {
        var bytes: [UInt8] = []
        for _ in 0..<length { bytes.append(Self.letters[below(Self.letters.count)]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A bijective scrambling of 64 bits.
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The characters of ids.
    static let letters = Array("23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz".utf8)
}
