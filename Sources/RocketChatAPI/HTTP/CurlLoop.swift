import CCurl
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A request on its way to the thread, with the task that awaits its answer.
struct CurlJob: Sendable {
    /// Unique within the loop.
    let id: UInt64
    /// What to send.
    let request: HTTPRequest
    /// Resumed exactly once, by the loop.
    let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
}

/// The thread that drives libcurl's multi interface.
///
/// Unchecked: other threads touch only `inbox` (a mutex) and `curl_multi_wakeup`, which libcurl allows from any thread;
/// everything else belongs to the thread that runs ``run()``, and `thread` to `launch` and `stop`, under `joining`.
final class CurlLoop: @unchecked Sendable {
    private struct Inbox {
        var jobs: [CurlJob] = []
        // Cancelled ids stay until their sender has seen the result: a cancellation may overtake its own job.
        var cancelled: Set<UInt64> = []
        var isStopped = false
        var lastID: UInt64 = 0
    }

    private let settings: CurlSettings
    private let multi: UnsafeMutableRawPointer
    private let inbox = Mutex(Inbox())
    private let joining = Mutex(())
    private var thread: pthread_t?

    // Owned by the thread.
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var idle: [CurlTransfer] = []
    private var backlog: [CurlJob] = []

    // libcurl wants its global set-up once, before any other call.
    private static let library: Void = { _ = curl_global_init(Int(CURL_GLOBAL_ALL)) }()

    init(_ settings: CurlSettings) {
        Self.library
        guard let multi = curl_multi_init() else { fatalError("libcurl is out of memory") }
        self.settings = settings
        self.multi = multi
        rc_multi_set_long(multi, CURLMOPT_MAXCONNECTS, maximumTransfers)
    }

    // Bounded here and not by CURLMOPT_MAX_TOTAL_CONNECTIONS: libcurl 7.88 sometimes leaves a transfer that waits for a
    // connection waiting until its connect time-out, although one has become free.
    private var maximumTransfers: Int { max(1, settings.maximumConnections) }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// Starts the thread, which keeps the loop alive until it ends.
    func launch() {
        let context = Unmanaged.passRetained(self).toOpaque()
        #if os(Linux)
            var created = pthread_t()
        #else
            var created: pthread_t?
        #endif
        let status = pthread_create(&created, nil, runLoop, context)
        precondition(status == 0, "no thread for HTTP: errno \(status)")
        thread = created
    }

    /// Asks the thread to end and waits for it.
    func stop() {
        inbox.withLock { $0.isStopped = true }
        curl_multi_wakeup(multi)
        joining.withLock { _ in
            if let thread { pthread_join(thread, nil) }
            thread = nil
        }
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
        let isAccepted = inbox.withLock { inbox in
            if !inbox.isStopped { inbox.jobs.append(job) }
            return !inbox.isStopped
        }
        if isAccepted {
            curl_multi_wakeup(multi)
        } else {
            job.continuation.resume(returning: .failure(Self.stopped))
        }
    }

    /// Asks the thread to give up a job, whether it has begun or not.
    func cancel(_ id: UInt64) {
        inbox.withLock { _ = $0.cancelled.insert(id) }
        curl_multi_wakeup(multi)
    }

    /// Tells that the sender of a job has its result.
    func forget(_ id: UInt64) {
        inbox.withLock { inbox in
            if !inbox.cancelled.isEmpty { inbox.cancelled.remove(id) }
        }
    }

    private static let stopped = TransportError(.cancelled, "the transport was stopped")
    private static let cancelled = TransportError(.cancelled, "the request was cancelled")

    fileprivate func run() {
        while true {
            let (jobs, cancelled, isStopped) = inbox.withLock { inbox in
                defer { inbox.jobs.removeAll(keepingCapacity: true) }
                return (inbox.jobs, inbox.cancelled, inbox.isStopped)
            }
            backlog += jobs
            if isStopped {
                shutDown()
                return
            }
            if !cancelled.isEmpty { drop(cancelled) }
            beginNext()
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            // A finished transfer makes room for another, which must be begun before the thread sleeps.
            while collect() {
                beginNext()
                curl_multi_perform(multi, &running)
            }
            // Woken by the inbox, by a socket, or by libcurl's own timers, whichever is first.
            curl_multi_poll(multi, nil, 0, 60_000, nil)
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
            let transfer = idle.popLast() ?? CurlTransfer(settings)
            transfer.prepare(job)
            active[transfer.easy] = transfer
            curl_multi_add_handle(multi, transfer.easy)
        }
        backlog.removeFirst(count)
    }

    // Whether any transfer has ended.
    private func collect() -> Bool {
        var hasEnded = false
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let transfer = active[message.pointee.easy_handle] else {
                continue
            }
            hasEnded = true
            let code = rc_message_result(message)
            finish(transfer, transfer.result(code))
        }
        return hasEnded
    }

    private func finish(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, TransportError>) {
        curl_multi_remove_handle(multi, transfer.easy)
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
