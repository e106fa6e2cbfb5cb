import CSystem

/// The watch over one child: who is readable, who was told to stop, who is gone.
struct SourceWatch {
    /// One of the child's two outputs.
    enum Pipe { case output, errors }

    private let child: ChildProcess
    private let grace: Int64
    private let lingering: Int64
    /// The ends that may still bring something.
    private var open: Set<Pipe> = [.output, .errors]
    /// Told to stop by its user; what it still says does not count.
    private(set) var isStopped = false
    /// The first signal that the user sent.
    private(set) var signal: Int32?
    /// As of `waitpid`; nil while the child lives.
    private(set) var status: Int32?
    /// Something else kept writing when the child had ended, and was not waited for.
    private(set) var wasCut = false
    /// Something else held the pipes open when the child had ended, unasked.
    private(set) var leftOthers = false
    /// Monotonic milliseconds at which patience with a child that was told to end is over.
    private var deadline: Int64?
    /// When standard output ended: a child without it has nothing to tell any more.
    private var outputEndedAt: Int64?
    private var endedAt: Int64?
    /// What the child itself had written before it ended has been read.
    private var isBacklogRead = false
    private var bytesSinceEnd = 0

    /// Watches `child`; both times in milliseconds.
    init(child: ChildProcess, grace: Int64, lingering: Int64) {
        self.child = child
        self.grace = grace
        self.lingering = lingering
    }

    /// The child has ended, and nothing of what it said is left.
    var isOver: Bool { status != nil && open.isEmpty }

    /// Asks the source to end, and sees to it after the grace.
    mutating func stop() {
        isStopped = true
        terminate()
    }

    /// The same, and what it still says counts.
    mutating func terminate() {
        guard deadline == nil else { return }
        deadline = Clock.monotonic() + grace
        child.signal(SIGTERM)
    }

    /// Notes what a read of `pipe` brought: bytes, or its end.
    mutating func read(_ count: Int?, from pipe: Pipe) {
        if count == nil { open.remove(pipe) }
        if status != nil { bytesSinceEnd += count ?? 0 }
    }

    /// Waits a while, at most `limit` milliseconds, for something to read, for a signal, or for the end; where `input` is an
    /// end to write to, for that as well.
    mutating func wait(
        signals: SignalPipe?, input: Int32 = -1, atMost limit: Int32 = 250
    ) -> (output: Bool, errors: Bool, input: Bool) {
        noteEnd()
        var entries = [
            pollfd(fd: open.contains(.output) ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: open.contains(.errors) ? child.errors : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
        ]
        let count = poll(&entries, nfds_t(entries.count), min(timeout, limit))
        if let number = signals?.take() {
            // The second request means it: no more patience.
            if signal != nil { child.signal(SIGKILL) }
            signal = signal ?? number
            terminate()
        }
        keepTime()
        if status != nil { leave(isQuiet: count == 0) }
        guard count > 0 else { return (false, false, false) }
        return (
            entries[0].revents != 0 && open.contains(.output), entries[1].revents != 0 && open.contains(.errors),
            entries[3].revents != 0
        )
    }

    /// In milliseconds. Nothing tells of the end of a child whose pipes have ended, so that is looked for often at first.
    private var timeout: Int32 {
        if isOver || status != nil && !isBacklogRead { return 0 }
        guard status == nil, open.isEmpty, let outputEndedAt else { return 250 }
        return Clock.monotonic() - outputEndedAt < 200 ? 2 : 50
    }

    private mutating func noteEnd() {
        var value: Int32 = 0
        guard status == nil, waitpid(child.pid, &value, WNOHANG) == child.pid else { return }
        status = value
        endedAt = Clock.monotonic()
    }

    /// Loses patience with a child that was told to end, or that ended its output and lives on.
    private mutating func keepTime() {
        guard status == nil else { return }
        let now = Clock.monotonic()
        if !open.contains(.output) { outputEndedAt = outputEndedAt ?? now }
        if let outputEndedAt, now - outputEndedAt >= grace { terminate() }
        if let deadline, now >= deadline { child.signal(SIGKILL) }
    }

    /// After the child's end: someone it started may keep its pipes open. What is quiet has said all; what goes on and
    /// on is not waited for, once everything has been read that can be the child's own (no pipe holds more).
    private mutating func leave(isQuiet: Bool) {
        guard let endedAt, !open.isEmpty else { return }
        let isFirstQuiet = isQuiet && !isBacklogRead
        isBacklogRead = isBacklogRead || isQuiet || bytesSinceEnd >= 1 << 20
        wasCut = isBacklogRead && !isQuiet && Clock.monotonic() - endedAt >= lingering
        guard wasCut || isQuiet && !isFirstQuiet else { return }
        leftOthers = deadline == nil
        child.signal(SIGKILL)
        open = []
    }
}
