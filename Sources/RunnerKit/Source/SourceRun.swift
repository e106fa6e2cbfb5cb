#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs a source once and hands on what it prints, on one thread: whoever handles the lines is never overrun,
/// because nothing is read while a line is handled.
struct SourceRun {
    /// What the handler of a line wants next.
    enum Wish {
        /// The next line.
        case goOn
        /// Stop the source; its remaining lines are dropped.
        case stop
    }

    /// Command, verb and flags.
    var words: [String]
    /// Nil in tests, where the process belongs to someone else.
    var signals: SignalPipe?
    /// The source's files, which go with it when this process is killed.
    var scratch: ScratchFolder?
    /// Longest line delivered, in bytes.
    var lineLimit = 128 * 1024 * 1024
    /// Milliseconds between SIGTERM and SIGKILL.
    var grace: Int64 = 10_000

    /// How it went.
    struct Outcome {
        /// How the process ended.
        let end: SourceEnd
        /// The signal that ended this run, when the user sent one.
        let signal: Int32?
        /// True when the handler wanted to stop.
        let wasStopped: Bool
    }

    /// What the handler is called for.
    enum Event {
        /// A line of standard output.
        case output(LineBuffer.Piece)
        /// A line of standard error.
        case error(LineBuffer.Piece)
        /// Comes about four times a second at least, between lines.
        case idle
    }

    /// Runs to the end, handing on every event. An error of the handler stops the source and is thrown on once the
    /// source is gone.
    func run(_ handle: (Event) throws(RunnerError) -> Wish) throws(RunnerError) -> Outcome {
        let child = try ChildProcess(words)
        let will = LastWill(for: child, scratch: scratch)
        var watch = Watch(child: child, grace: grace)
        var failure: RunnerError?
        let output = LineBuffer(limit: lineLimit)
        let errors = LineBuffer(limit: 64 * 1024)

        /// Once the source is told to stop, nothing it still says counts.
        func deliver(_ event: Event) {
            guard !watch.isStopped else { return }
            do throws(RunnerError) {
                if try handle(event) == .stop { watch.stop() }
            } catch {
                failure = error
                watch.stop()
            }
        }

        while watch.isOutputOpen || watch.isErrorsOpen {
            let ready = watch.wait(signals: signals)
            if ready.errors {
                watch.isErrorsOpen = errors.fill(from: child.errors)
                while let piece = errors.next() { deliver(.error(piece)) }
            }
            if ready.output {
                watch.isOutputOpen = output.fill(from: child.output)
                // Lines of a stopped source are still read, so that its last write does not block it.
                while let piece = output.next() { deliver(.output(piece)) }
            }
            deliver(.idle)
        }
        if let piece = errors.rest() { deliver(.error(piece)) }
        let end = watch.reap()
        will?.revoke()
        // A source that was cut off leaves half a line, which is no line.
        if end == .exited(0), let piece = output.rest() { deliver(.output(piece)) }
        if let failure { throw failure }
        return Outcome(end: end, signal: watch.signal, wasStopped: watch.isStopped)
    }
}

/// The watch over one child: who is readable, who was told to stop, who is gone.
private struct Watch {
    let child: ChildProcess
    let grace: Int64
    var isOutputOpen = true
    var isErrorsOpen = true
    private(set) var isStopped = false
    private(set) var signal: Int32?
    /// Monotonic milliseconds at which patience ends.
    private var deadline: Int64?
    private var status: Int32?

    init(child: ChildProcess, grace: Int64) {
        self.child = child
        self.grace = grace
    }

    /// Asks the source to end, and sees to it after the grace.
    mutating func stop() {
        isStopped = true
        terminate()
    }

    private mutating func terminate() {
        guard deadline == nil else { return }
        deadline = Clock.monotonic() + grace
        child.signal(SIGTERM)
    }

    /// Waits up to a quarter of a second for something to read.
    mutating func wait(signals: SignalPipe?) -> (output: Bool, errors: Bool) {
        var entries = [
            pollfd(fd: isOutputOpen ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isErrorsOpen ? child.errors : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&entries, nfds_t(entries.count), 250)
        if let number = signals?.take() {
            // The second request means it: no more patience.
            if signal != nil { child.signal(SIGKILL) }
            signal = signal ?? number
            terminate()
        }
        if let deadline, Clock.monotonic() >= deadline { child.signal(SIGKILL) }
        if count == 0, hasEnded() {
            // Someone the source started keeps its pipes open although the source is gone and silent.
            child.signal(SIGKILL)
            (isOutputOpen, isErrorsOpen) = (false, false)
        }
        guard count > 0 else { return (false, false) }
        return (entries[0].revents != 0, entries[1].revents != 0)
    }

    private mutating func hasEnded() -> Bool {
        if status == nil {
            var value: Int32 = 0
            if waitpid(child.pid, &value, WNOHANG) == child.pid { status = value }
        }
        return status != nil
    }

    /// Waits for the child's end and closes what belongs to it.
    mutating func reap() -> SourceEnd {
        close(child.output)
        close(child.errors)
        while !hasEnded() {
            // Both outputs are closed, so it has nothing left to say; it still may need a moment to go.
            if let deadline, Clock.monotonic() >= deadline { child.signal(SIGKILL) }
            usleep(2_000)
        }
        return SourceEnd(status: status ?? 0)
    }
}
