import Synchronization

/// Random numbers for retry waits, repeatable from a seed (SplitMix64).
final class Jitter: Sendable {
    private let state: Mutex<UInt64>

    /// A jitter that repeats for equal seeds; nil takes a random one.
    init(seed: UInt64?) {
        state = Mutex(seed ?? UInt64.random(in: .min ... .max))
    }

    /// The next number, from 0 up to 1.
    func next() -> Double {
        let bits = state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        return Double(bits >> 11) / Double(1 << 53)
    }
}
