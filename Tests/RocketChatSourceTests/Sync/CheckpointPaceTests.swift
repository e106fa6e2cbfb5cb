import Testing

@testable import RocketChatSource

@Suite struct CheckpointPaceTests {
    @Test func isDueAfterSecondsOnlyWhenSomethingWasDelivered() {
        var pace = CheckpointPace()
        let atOnce = pace.isDue(at: 0)
        let silent = pace.isDue(at: CheckpointPace.interval * 10)
        pace.note(bytes: 1)
        let pending = pace.isDue(at: CheckpointPace.interval * 10)
        pace.reset(at: CheckpointPace.interval * 10)
        let afterwards = pace.isDue(at: CheckpointPace.interval * 11)
        #expect([atOnce, silent, pending, afterwards] == [false, false, true, false])
    }

    @Test func isDueAtOnceAfterManyBytes() {
        var pace = CheckpointPace()
        pace.note(bytes: CheckpointPace.bytes)
        let due = pace.isDue(at: 0)
        #expect(due)
    }

    @Test func isDueOnceInAWhileEvenInSilence() {
        var pace = CheckpointPace()
        let atOnce = pace.isDue(at: 0)
        let later = pace.isDue(at: CheckpointPace.heartbeat)
        #expect([atOnce, later] == [false, true])
    }

    @Test func largeStatesComeLessOften() {
        func isDue(after milliseconds: Int64, size: Int) -> Bool {
            var pace = CheckpointPace()
            pace.reset(at: 0, size: size)
            pace.note(bytes: 1)
            return pace.isDue(at: milliseconds)
        }
        #expect(isDue(after: 5100, size: 100))
        #expect(!isDue(after: 20_000, size: 200_000))
        #expect(isDue(after: 25_000, size: 200_000))
        #expect(isDue(after: 60_000, size: 50_000_000))
    }
}
