import TestSupport
import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

@Suite struct ScanShareTests {
    private static let hour: Int64 = 3_600_000
    private static let day: Int64 = 24 * hour
    private let now: Int64 = 1_795_165_200_000

    /// Syncs of `asked.count` rooms at the given hours; gives the rooms asked by each and the oldest age that any had reached.
    private func play(
        _ asked: [Int64], at times: [Int64], lasting duration: Int64 = 600_000, changed: Int = 0, ended: Int64? = nil
    ) -> (counts: [Int], ages: [Int64]) {
        var asked = asked
        var random = SeededRandom(7)
        var counts: [Int] = []
        var ages: [Int64] = []
        var ended = ended
        for time in times {
            let share = ScanShare(limit: Self.day, now: time, begun: asked.max(), ended: ended)
            var due = Set<Int>()
            while due.count < changed { due.insert(random.below(asked.count)) }
            ages.append(time - asked.min()!)
            let others = asked.indices.filter { !due.contains($0) }.sorted { asked[$0] < asked[$1] }
            let count = share.count(others.map { asked[$0] }, now: time, others: due.count)
            due.formUnion(others.prefix(count))
            for room in due { asked[room] = time }
            counts.append(due.count)
            ended = time + duration
        }
        return (counts, ages)
    }

    private func hourly(_ count: Int) -> [Int64] { (1...count).map { now + Int64($0) * Self.hour } }

    @Test(arguments: [0, 50, 300])
    func hourlySyncsAskEveryRoomWithinADayAndNoneMuchMoreThanItsShare(changed: Int) {
        let run = play(Array(repeating: now, count: 10_000), at: hourly(200), changed: changed)
        #expect(run.ages.allSatisfy { $0 < Self.day })
        // 10 000 rooms in 23 hours are 435 an hour.
        #expect(run.counts.allSatisfy { $0 <= 435 + 435 / 8 + changed })
        #expect(run.counts.reduce(0, +) <= 200 * (435 + changed))
    }

    @Test func theFirstSyncsAfterALongPauseOfTheScanCatchUpALittleAtATime() {
        let run = play(Array(repeating: now - 20 * Self.hour, count: 10_000) + [now], at: hourly(100))
        #expect(run.counts.allSatisfy { $0 <= 435 + 435 / 8 + 1 })
        // In the first day after it some are late, and never again.
        #expect(run.ages[22...].allSatisfy { $0 < Self.day })
    }

    @Test(arguments: [1, 4, 6, 12, 24])
    func otherRhythmsKeepTheLimitToo(hours: Int) {
        let times = (1...60).map { now + Int64($0 * hours) * Self.hour }
        let run = play(Array(repeating: now, count: 1000), at: times, ended: now + 600_000)
        #expect(run.ages.allSatisfy { $0 <= Self.day })
    }

    @Test func unevenRhythmsKeepTheLimitToo() {
        var random = SeededRandom(3)
        var time = now
        let times = (1...300).map { _ in
            time += Int64(5 + random.below(110)) * 60_000
            return time
        }
        let run = play(Array(repeating: now, count: 1000), at: times)
        #expect(run.ages.allSatisfy { $0 <= Self.day })
    }

    @Test func aSyncThatTookLongerThanItsRhythmIsNotTakenForIt() {
        // The first sync took fifteen hours; the next one is begun at once.
        let share = ScanShare(limit: Self.day, now: now, begun: now - 15 * Self.hour, ended: now - 60_000)
        #expect(share.interval == Self.hour + 60_000)
        let usual = ScanShare(limit: Self.day, now: now, begun: now - Self.hour, ended: now - 900_000)
        #expect(usual.interval == Self.hour)
    }

    @Test func nothingIsKnownOfTheRhythmWithoutAState() {
        let share = ScanShare(limit: Self.day, now: now, begun: nil, ended: nil)
        #expect(share.interval == Self.hour)
        #expect(share.count([], now: now, others: 0) == 0)
        #expect(share.isDue(last: now - 23 * Self.hour, now: now))
        #expect(!share.isDue(last: now - 21 * Self.hour, now: now))
    }
}
