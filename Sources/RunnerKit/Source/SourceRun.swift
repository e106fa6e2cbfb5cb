import CSystem

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
    /// For what is said when it cannot be started.
    var role = ConnectorRole.source
    /// Nil in tests, where the process belongs to someone else.
    var signals: SignalPipe?
    /// Its standard input is a pipe that nobody writes to; otherwise it is empty.
    var hasOpenInput = false
    /// The source's files, which go with it when this process is killed.
    var scratch: ScratchFolder?
    /// Longest line delivered, in bytes.
    var lineLimit = 128 * 1024 * 1024
    /// Milliseconds between SIGTERM and SIGKILL, and between the end of the output and SIGTERM.
    var grace: Int64 = 10_000
    /// Milliseconds in which what the source started, and left behind, may finish what it is saying.
    var lingering: Int64 = 2_000

    /// How it went.
    struct Outcome {
        /// How the process ended.
        let end: SourceEnd
        /// The signal that ended this run, when the user sent one.
        let signal: Int32?
        /// True when something that the source had started was still writing long after the source's end.
        let wasCut: Bool
        /// True when something that the source had started held its outputs open after the source's end by itself.
        let leftOthers: Bool
        /// True when the last line lacked its `\n`.
        let lacksNewline: Bool
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

    /// Runs to the end of the source, not of its pipes, handing on every event. An error of the handler stops the source
    /// and is thrown on once the source is gone.
    func run(_ handle: (Event) throws(RunnerError) -> Wish) throws(RunnerError) -> Outcome {
        let child = try ChildProcess(words, as: role, hasInput: hasOpenInput)
        let reaper = OrphanReaper(for: child, scratch: scratch)
        var watch = SourceWatch(child: child, grace: grace, lingering: lingering)
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

        while !watch.isOver {
            let ready = watch.wait(signals: signals)
            if ready.errors {
                watch.read(errors.fill(from: child.errors), from: .errors)
                while let piece = errors.next() { deliver(.error(piece)) }
            }
            if ready.output {
                watch.read(output.fill(from: child.output), from: .output)
                // Lines of a stopped source are still read, so that its last write does not block it.
                while let piece = output.next() { deliver(.output(piece)) }
            }
            deliver(.idle)
        }
        for descriptor in [child.output, child.errors, child.input] where descriptor >= 0 { close(descriptor) }
        reaper?.dismiss()
        if let piece = errors.rest() { deliver(.error(piece)) }
        let end = SourceEnd(status: watch.status ?? 0)
        // A source that was cut off leaves half a line, which is no line; one that is too long already is told all the same.
        var rest = output.rest()
        if case .line = rest, end != .exited(0) || watch.wasCut { rest = nil }
        if let rest { deliver(.output(rest)) }
        if let failure { throw failure }
        return Outcome(
            end: end, signal: watch.signal, wasCut: watch.wasCut, leftOthers: watch.leftOthers,
            lacksNewline: rest != nil)
    }
}
