import RocketChatAPI
import Synchronization

/// A discrete-event clock: time stands still while anything works, and jumps to the next deadline when nothing does.
///
/// ``run(_:)`` runs its body, with all child tasks and every async call below it, on one thread that belongs to the
/// clock. When that thread has no job left and no ``hold()`` is open, everybody sleeps, so time moves to the earliest
/// deadline and its sleepers wake in the order in which they went to sleep. One thread and one order of wakening make a
/// run repeat exactly.
///
/// Limits: work outside the thread is unseen, so time may move on while it runs. That concerns `Task { }` without
/// `executorPreference: clock.executor`, detached tasks, custom actor executors, and transports with threads of their
/// own; wrap these in ``hold()`` and ``release()``. A sleeper that called from another thread gets a short real grace
/// after waking. A body that waits for something that never happens hangs.
package final class VirtualClock: SyncClock {
    private struct Sleeper {
        let deadline: Int64
        let order: UInt64
        let isForeign: Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var now: Int64
        var lastOrder: UInt64 = 0
        var sleepers: [UInt64: Sleeper] = [:]
        var jumps = 0
    }

    private let state: Mutex<State>
    private let thread: ClockThread

    /// Starts at `now` (Unix ms); the default is 2026-11-20T08:00:00Z.
    package init(now: Int64 = 1_795_161_600_000) {
        state = Mutex(State(now: now))
        thread = ClockThread()
        thread.start { [weak self] in self?.jump() ?? .stay }
    }

    deinit {
        thread.stop()
    }

    /// Where tasks of this clock run.
    package var executor: (any TaskExecutor)? { thread }

    /// The virtual time, in Unix ms.
    package func now() -> Int64 { state.withLock { $0.now } }

    /// How often time has moved so far.
    package var jumps: Int { state.withLock { $0.jumps } }

    /// Runs `body` in virtual time.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withTaskExecutorPreference(thread) { try await body() }
    }

    /// Keeps time from moving until ``release()``, for work on other threads.
    package func hold() { thread.hold() }

    /// Ends one ``hold()``.
    package func release() { thread.release() }

    /// Moves time on by hand, waking nobody; for clocks that no one sleeps on.
    package func advance(by milliseconds: Int64) {
        state.withLock { $0.now += milliseconds }
    }

    /// Sleeps in virtual time.
    package func sleep(until deadline: Int64) async throws(CancellationError) {
        let isForeign = !thread.isCurrent
        let order = state.withLock { state in
            state.lastOrder += 1
            return state.lastOrder
        }
        let isDue = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if deadline <= state.now { return true }
                    state.sleepers[order] = Sleeper(
                        deadline: deadline, order: order, isForeign: isForeign, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
                if isForeign { thread.wake() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: order) }?.continuation.resume(returning: false)
        }
        guard isDue else { throw CancellationError() }
    }

    // Called by the thread when it has nothing to do.
    private func jump() -> ClockThread.Idle {
        let due = state.withLock { state -> [Sleeper] in
            guard let deadline = state.sleepers.values.map(\.deadline).min() else { return [] }
            state.now = max(state.now, deadline)
            state.jumps += 1
            let due = state.sleepers.values.filter { $0.deadline <= deadline }.sorted { $0.order < $1.order }
            for sleeper in due { state.sleepers[sleeper.order] = nil }
            return due
        }
        for sleeper in due { sleeper.continuation.resume(returning: true) }
        if due.isEmpty { return .stay }
        return due.contains(where: \.isForeign) ? .grace : .again
    }
}
