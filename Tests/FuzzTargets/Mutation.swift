/// Changes bytes at random, always in the same way for the same seed.
package struct Mutation {
    private var random: SeededRandom
    private let words: [[UInt8]]
    private let seeds: [[UInt8]]

    /// Mutations of a target's seeds.
    package init(_ target: FuzzTarget, seed: UInt64) {
        random = SeededRandom(seed: seed)
        words = target.words.map { Array($0.utf8) }
        seeds = target.seeds
    }

    /// The next input.
    package mutating func next() -> [UInt8] {
        var bytes = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes.replaceSubrange(place..<end, with: words.randomElement(using: &random) ?? [])
        case 2: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
        case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
        case 4: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 5: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default: splice(&bytes, place)
        }
    }

    /// A piece of another seed.
    private mutating func splice(_ bytes: inout [UInt8], _ place: Int) {
        guard let other = seeds.randomElement(using: &random), !other.isEmpty else { return }
        let start = Int.random(in: 0..<other.count, using: &random)
        let end = min(other.count, start + Int.random(in: 1...60, using: &random))
        bytes.insert(contentsOf: other[start..<end], at: place)
    }

    /// The shortest input, of those that taking pieces out of `input` leads to, that has a fault, too.
    package static func minimised(_ input: [UInt8], for target: FuzzTarget) -> [UInt8] {
        var best = input
        var piece = max(1, best.count / 2)
        while piece >= 1 {
            var place = 0
            while place < best.count {
                var shorter = best
                shorter.removeSubrange(place..<min(best.count, place + piece))
                if target.fault(shorter) != nil { best = shorter } else { place += piece }
            }
            piece /= 2
        }
        return best
    }
}
