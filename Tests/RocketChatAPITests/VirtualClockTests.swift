import RocketChatAPI
import TestSupport
import Testing

struct VirtualClockTests {
    @Test("Sleepers wake in the order of their deadlines, and time is then their deadline")
    func wakesInOrder() async throws {
        let clock = VirtualClock(now: 0)
        let woken = Recorder<[Int64]>()
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for deadline in [300, 100, 200, 100, 3_600_000] as [Int64] {
                    group.addTask {
                        try await clock.sleep(until: deadline)
                        woken.add([deadline, clock.now()])
                    }
                }
                for try await _ in group {}
            }
        }
        #expect(woken.all == [[100, 100], [100, 100], [200, 200], [300, 300], [3_600_000, 3_600_000]])
        #expect(clock.jumps == 4)
    }

    @Test("Time stands still while something works")
    func standsStill() async throws {
        let clock = VirtualClock(now: 0)
        let finished = try await clock.run {
            async let sleeper: Void = clock.sleep(until: 50)
            for _ in 0..<1000 { await Task.yield() }
            let before = clock.now()
            try await sleeper
            return [before, clock.now()]
        }
        #expect(finished == [0, 50])
    }

    @Test("A cancelled sleep ends at once and moves no time")
    func cancels() async throws {
        let clock = VirtualClock(now: 0)
        let wasCancelled = try await clock.run {
            let task = Task(executorPreference: clock.executor) {
                do {
                    try await clock.sleep(until: 1000)
                    return false
                } catch {
                    return true
                }
            }
            await Task.yield()
            task.cancel()
            return await task.value
        }
        #expect(wasCancelled)
        #expect(clock.now() == 0)
    }

    @Test("A sleeper outside the clock's thread wakes too")
    func servesForeigners() async throws {
        let clock = VirtualClock(now: 0)
        try await clock.sleep(until: 5000)
        #expect(clock.now() == 5000)
    }
}
