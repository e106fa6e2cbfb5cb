import CCurl
import CSystem
import JSONBytes
import Synchronization

/// A request on its way to the thread, with the task that awaits its answer.
struct CurlJob: Sendable {
    /// Unique within the loop.
    let id: UInt64
    /// What to send.
    let request: HTTPRequest
    /// Resumed exactly once, by the loop.
    let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
}

/// The thread that drives libcurl's multi interface and, between its turns, runs the tasks that prefer it.
///
/// Unchecked: other threads touch only `inbox` (a mutex) and ``CurlMulti/wake()``; everything else belongs to the thread
/// that runs ``run()``, and `thread` to `launch` and `stop`, under `joining`.
final class CurlLoop: TaskExecutor, @unchecked Sendable {
    private struct Inbox {
        var jobs: [CurlJob] = []
        // Parts of tasks that run on this thread.
        var steps: [UnownedJob] = []
        // Cancelled ids stay until their sender has seen the result: a cancellation may overtake its own job.
        var cancelled: Set<UInt64> = []
        var isStopped = false
        var lastID: UInt64 = 0
        // Whether anything has been put in since the thread last looked.
        var hasNews = false
        var isAsleep = false
    }

    private let settings: CurlSettings
    private let multi: CurlMulti
    private let inbox = Mutex(Inbox())
    private let joining = Mutex(())
    private var thread: pthread_t?

    // Owned by the thread.
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var idle: [CurlTransfer] = []
    private var backlog: [CurlJob] = []
    private var steps: [UnownedJob] = []

    /// A loop whose thread does not run yet.
    /// - Throws: `TransportError` when libcurl is missing or cannot do what is set.
    init(_ settings: CurlSettings) throws(TransportError) {
        try CurlLibrary.load()
        if settings.isAuthorityText, let text = settings.caCertificate { try CurlLibrary.check(authorities: text) }
        self.settings = settings
        multi = try CurlMulti(connections: max(1, settings.maximumConnections))
    }

    // Bounded here and not by CURLMOPT_MAX_TOTAL_CONNECTIONS: libcurl 7.88 sometimes leaves a transfer that waits for a
    // connection waiting until its connect time-out, although one has become free.
    private var maximumTransfers: Int { max(1, settings.maximumConnections) }

    /// Starts the thread, which keeps the loop alive until it ends.
    /// - Throws: `TransportError` when the system grants no thread.
    func launch() throws(TransportError) {
        let context = Unmanaged.passRetained(self).toOpaque()
        #if os(Linux)
            var created = pthread_t()
        #else
            var created: pthread_t?
        #endif
        let status = pthread_create(&created, nil, runLoop, context)
        guard status == 0 else {
            Unmanaged<CurlLoop>.fromOpaque(context).release()
            throw TransportError(
                .other, "no thread can be started: \(String(cString: strerror(status))). It may be the memory's limit.")
        }
        thread = created
    }

    /// Asks the thread to end and waits for it, unless called on it.
    func stop() {
        put { $0.isStopped = true }
        joining.withLock { _ in
            if let thread {
                if pthread_equal(thread, pthread_self()) != 0 {
                    pthread_detach(thread)
                } else {
                    pthread_join(thread, nil)
                }
            }
            thread = nil
        }
    }

    /// Runs a step of a task on the thread; on the global pool once the thread has been stopped.
    func enqueue(_ job: consuming ExecutorJob) {
        let step = UnownedJob(job)
        let isAccepted = put { inbox in
            if !inbox.isStopped { inbox.steps.append(step) }
            return !inbox.isStopped
        }
        if !isAccepted { globalConcurrentExecutor.enqueue(step) }
    }

    /// A new job id.
    func nextID() -> UInt64 {
        inbox.withLock { inbox in
            inbox.lastID += 1
            return inbox.lastID
        }
    }

    /// Hands a job to the thread.
    func start(_ job: CurlJob) {
        let isAccepted = put { inbox in
            if !inbox.isStopped { inbox.jobs.append(job) }
            return !inbox.isStopped
        }
        if !isAccepted { job.continuation.resume(returning: .failure(Self.stopped)) }
    }

    /// Asks the thread to give up a job, whether it has begun or not.
    func cancel(_ id: UInt64) {
        put { _ = $0.cancelled.insert(id) }
    }

    /// Tells that the sender of a job has its result.
    func forget(_ id: UInt64) {
        inbox.withLock { inbox in
            if !inbox.cancelled.isEmpty { inbox.cancelled.remove(id) }
        }
    }

    private func put<Result>(_ change: (inout Inbox) -> Result) -> Result {
        let (result, mustWake) = inbox.withLock { inbox in
            inbox.hasNews = true
            // A thread that is awake looks before it sleeps.
            defer { inbox.isAsleep = false }
            return (change(&inbox), inbox.isAsleep)
        }
        if mustWake { multi.wake() }
        return result
    }

    private static let stopped = TransportError(.cancelled, "the transport was stopped")
    private static let cancelled = TransportError(.cancelled, "the request was cancelled")

    fileprivate func run() {
        while takeIn() {
            beginNext()
            let sleeps = inbox.withLock { inbox in
                inbox.isAsleep = !inbox.hasNews
                return inbox.isAsleep
            }
            multi.turn(sleeping: sleeps)
            if sleeps { inbox.withLock { $0.isAsleep = false } }
            collect()
        }
        shutDown()
    }

    // Takes in what others have left and runs the steps that are ready, with those that they lead to; returns whether
    // the thread is to go on.
    private func takeIn() -> Bool {
        let began = ContinuousClock.now
        while true {
            let (cancelled, isStopped) = inbox.withLock { inbox in
                backlog += inbox.jobs
                inbox.jobs.removeAll(keepingCapacity: true)
                swap(&steps, &inbox.steps)
                inbox.hasNews = false
                return (inbox.cancelled, inbox.isStopped)
            }
            if !cancelled.isEmpty { drop(cancelled) }
            if steps.isEmpty || isStopped {
                let away = ContinuousClock.now - began
                // A step has waited for something else, such as a full output.
                if away > .seconds(1) { for transfer in active.values { transfer.extend(by: away) } }
                return !isStopped
            }
            for step in steps { step.runSynchronously(on: asUnownedTaskExecutor()) }
            steps.removeAll(keepingCapacity: true)
        }
    }

    private func drop(_ cancelled: Set<UInt64>) {
        for transfer in active.values where cancelled.contains(transfer.id) {
            finish(transfer, .failure(Self.cancelled))
        }
        for job in backlog where cancelled.contains(job.id) {
            job.continuation.resume(returning: .failure(Self.cancelled))
        }
        backlog.removeAll { cancelled.contains($0.id) }
    }

    private func beginNext() {
        let count = min(backlog.count, maximumTransfers - active.count)
        guard count > 0 else { return }
        for job in backlog.prefix(count) {
            // The one idle for longest: its last body is the likeliest to have been let go of.
            let transfer = idle.isEmpty ? CurlTransfer(settings) : idle.removeFirst()
            transfer.prepare(job)
            active[transfer.easy] = transfer
            multi.add(transfer.easy)
        }
        backlog.removeFirst(count)
    }

    private func collect() {
        while let (easy, code) = multi.nextEnded() {
            if let transfer = active[easy] { finish(transfer, transfer.result(code)) }
        }
    }

    private func finish(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, TransportError>) {
        multi.remove(transfer.easy)
        active[transfer.easy] = nil
        transfer.complete(result)
        idle.append(transfer)
    }

    private func shutDown() {
        for job in backlog {
            job.continuation.resume(returning: .failure(Self.stopped))
        }
        backlog.removeAll()
        for transfer in active.values {
            finish(transfer, .failure(Self.stopped))
        }
        // None is accepted any more.
        for step in steps + inbox.withLock({ $0.steps }) { globalConcurrentExecutor.enqueue(step) }
        // Easy handles must go before the multi handle does.
        idle.removeAll()
    }
}

#if os(Linux)
    private typealias ThreadContext = UnsafeMutableRawPointer?
#else
    private typealias ThreadContext = UnsafeMutableRawPointer
#endif

// The thread's body. A function of its own: as a closure inside `launch` it crashes the compiler (Swift 6.3.1).
private func runLoop(_ context: ThreadContext) -> UnsafeMutableRawPointer? {
    let pointer: UnsafeMutableRawPointer? = context
    if let pointer { Unmanaged<CurlLoop>.fromOpaque(pointer).takeRetainedValue().run() }
    return nil
}
