import CSystem
import Synchronization

/// The one thread a virtual clock runs its tasks on, in the order in which they became ready.
///
/// Unchecked: the queue is guarded by the pthread mutex.
final class ClockThread: TaskExecutor, @unchecked Sendable {
    /// What to do after the idle handler has run.
    enum Idle: Sendable {
        /// Look at the queue again.
        case again
        /// Give threads outside a moment of real time before the next jump.
        case grace
        /// Wait for a job.
        case stay
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var queue: [UnownedJob] = []
    private var holds = 0
    private var isStopped = false
    private var isWoken = false
    private var onIdle: @Sendable () -> Idle = { .stay }
    private let current = Mutex<UInt>(0)

    /// A thread that does not run yet.
    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool { current.withLock { $0 } == Self.identity() }

    /// Starts the thread, which calls `onIdle` whenever it has no job and no hold is open.
    func start(onIdle: @escaping @Sendable () -> Idle) {
        self.onIdle = onIdle
        let context = Unmanaged.passRetained(self).toOpaque()
        #if os(Linux)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let status = pthread_create(&thread, nil, runClockThread, context)
        precondition(status == 0, "no thread for the virtual clock: errno \(status)")
        #if os(Linux)
            pthread_detach(thread)
        #else
            if let thread { pthread_detach(thread) }
        #endif
    }

    /// Asks the thread to end once its queue is empty.
    func stop() { locked { isStopped = true } }

    /// Keeps the idle handler from being called.
    func hold() { locked { holds += 1 } }

    /// Ends one hold.
    func release() {
        locked {
            holds -= 1
            isWoken = true
        }
    }

    /// Has the thread look whether it is idle.
    func wake() { locked { isWoken = true } }

    /// Runs a task's next piece behind those that wait; what `TaskExecutor` asks for.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        locked { queue.append(job) }
    }

    fileprivate func loop() {
        current.withLock { $0 = Self.identity() }
        while true {
            pthread_mutex_lock(mutex)
            let jobs = queue
            queue.removeAll(keepingCapacity: true)
            let isIdle = jobs.isEmpty && holds <= 0
            let isOver = jobs.isEmpty && isStopped
            isWoken = false
            pthread_mutex_unlock(mutex)
            if isOver { return }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            guard jobs.isEmpty else { continue }
            switch isIdle ? onIdle() : .stay {
            case .again: continue
            case .grace: usleep(2000)
            case .stay: waitForWork()
            }
        }
    }

    private func waitForWork() {
        pthread_mutex_lock(mutex)
        while queue.isEmpty && !isWoken && !isStopped { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }

    private func locked(_ body: () -> Void) {
        pthread_mutex_lock(mutex)
        body()
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    private static func identity() -> UInt {
        #if os(Linux)
            UInt(pthread_self())
        #else
            UInt(bitPattern: pthread_self())
        #endif
    }
}

#if os(Linux)
    private typealias ThreadContext = UnsafeMutableRawPointer?
#else
    private typealias ThreadContext = UnsafeMutableRawPointer
#endif

private func runClockThread(_ context: ThreadContext) -> UnsafeMutableRawPointer? {
    let pointer: UnsafeMutableRawPointer? = context
    if let pointer { Unmanaged<ClockThread>.fromOpaque(pointer).takeRetainedValue().loop() }
    return nil
}
