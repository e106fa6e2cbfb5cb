import CSystem
import Synchronization
import Testing

/// Random workspaces, copied while they live; a failure names its seed. `SEED=n swift test --filter RandomizedTruthTests`
/// plays that round alone, `ROUNDS=n` plays more of them, `FIRST=n` begins at that seed.
@Suite struct RandomizedTruthTests {
    private static let rounds = number("ROUNDS") ?? 520
    private static let seed = number("SEED")
    private static let first = number("FIRST") ?? 1
    private static let shares = 4
    private static let played = Mutex(0)

    private static func tellProgress() {
        let played = played.withLock { played in
            played += 1
            return played
        }
        guard played.isMultiple(of: 1000) else { return }
        print("\(played) of \(rounds) rounds")
        fflush(nil)
    }

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    @Test(arguments: 0..<shares) func theCopyEqualsTheTruthAfterEveryRound(share: Int) async throws {
        var failures = 0
        var played = (rounds: 0, runs: 0, kills: 0, rows: 0)
        for number in stride(from: share, to: Self.rounds, by: Self.shares) {
            if Self.seed != nil, number > 0 { break }
            let seed = UInt64(Self.seed ?? Self.first + number)
            var round = Round(seed: seed)
            try await round.play()
            Self.tellProgress()
            played = (played.rounds + 1, played.runs + round.runs, played.kills + round.kills, played.rows + round.rows)
            guard !round.faults.isEmpty else { continue }
            failures += 1
            if Self.seed != nil { print(round.history.joined(separator: "\n")) }
            Issue.record(
                """
                Round \(seed) (\(round.plan.summary)): \(round.faults.prefix(6).joined(separator: "\n  "))
                Replay it with SEED=\(seed) swift test --filter RandomizedTruthTests
                """)
            if failures >= 5 { break }
        }
        print(
            "share \(share): \(played.rounds) rounds, \(played.runs) runs, \(played.kills) kills, \(played.rows) rows")
    }
}
