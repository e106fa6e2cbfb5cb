import CSystem

/// The only source of time of a sync: pacing, retries, checkpoints and `emitted_at` all ask it.
package protocol SyncClock: Sendable {
    /// Unix time in ms that never runs backwards.
    func now() -> Int64
    /// Returns when ``now()`` has reached `deadline` (Unix ms); throws as soon as the task is cancelled.
    func sleep(until deadline: Int64) async throws(CancellationError)
    /// Where unstructured tasks that belong to this clock run; `nil` is the global pool.
    ///
    /// A discrete-event clock must know every task that could still work before it moves time on.
    var executor: (any TaskExecutor)? { get }
}

extension SyncClock {
    /// The global pool.
    package var executor: (any TaskExecutor)? { nil }
}

/// Real time: the wall clock read once, continued by the monotonic clock, so that a stepped wall clock neither
/// stretches nor skips a wait.
package struct SystemClock: SyncClock {
    private let start = ContinuousClock.now
    private let startMilliseconds: Int64

    /// Anchors the clock at the present wall time.
    package init() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        startMilliseconds = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Unix ms.
    package func now() -> Int64 {
        let elapsed = (ContinuousClock.now - start).components
        return startMilliseconds + elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
    }

    /// Sleeps until `deadline` (Unix ms).
    package func sleep(until deadline: Int64) async throws(CancellationError) {
        let instant = start + .milliseconds(deadline - startMilliseconds)
        do {
            try await Task.sleep(until: instant, tolerance: .zero, clock: .continuous)
        } catch {
            throw CancellationError()
        }
    }
}
