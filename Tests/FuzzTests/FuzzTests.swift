import CSystem
import FuzzTargets
import Testing

/// A short run of each fuzz target with inputs that are always the same; `scripts/long fuzz` goes further, led by coverage.
/// `FUZZ_INPUTS=n` takes more of them, `FUZZ_SEED=n` others.
@Suite struct FuzzTests {
    /// `FUZZ_ONLY=page` plays that target alone.
    private static let targets = FuzzTarget.allCases.filter { target in
        getenv("FUZZ_ONLY").map { String(cString: $0) == target.rawValue } ?? true
    }

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    @Test(arguments: targets) func seedsAreWell(target: FuzzTarget) {
        for seed in target.seeds {
            let fault = target.fault(seed)
            #expect(fault == nil, "\(String(decoding: seed, as: UTF8.self))")
        }
    }

    @Test(arguments: targets) func mutationsAreWell(target: FuzzTarget) {
        var mutation = Mutation(target, seed: UInt64(Self.number("FUZZ_SEED") ?? 1))
        for number in 0..<(Self.number("FUZZ_INPUTS") ?? 1500) {
            let input = mutation.next()
            guard let fault = target.fault(input) else { continue }
            let least = Mutation.minimised(input, for: target)
            Issue.record("input \(number): \(fault)\nleast: \(String(decoding: least, as: UTF8.self))\n\(least)")
            return
        }
    }
}
