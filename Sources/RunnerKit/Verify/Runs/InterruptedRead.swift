import AirbyteProtocol
import CSystem

/// A read whose reader does something unkind in the middle: it stalls, goes away, or sends SIGTERM.
///
/// The pipe is made as small as the system lets it be, so that a source with little to say is still caught while saying it.
struct InterruptedRead {
    /// What happens.
    enum Unkindness {
        /// Nothing is read for some seconds.
        case stall
        /// The pipe is closed.
        case close
        /// SIGTERM, and nothing is read for a while.
        case term
    }

    /// What it led to.
    struct Outcome {
        /// What was seen of the read, its end not judged unless it was left to end.
        var evidence: RunEvidence
        /// False when the source had ended before.
        var wasInterrupted = false
        /// Milliseconds from then to the end of the process.
        var duration: Int64 = 0
        /// It did not end in time and was killed.
        var wasKilled = false
        /// Bytes of standard output that came after it.
        var bytesAfter = 0
        /// One of its processes ignores SIGTERM.
        var ignoresTerm = false
        /// By how many bytes its memory grew in the stall; nil where the system does not tell.
        var growth: Int?
    }

    private let request: SourceRequest
    private let unkindness: Unkindness
    /// When to begin: at the first STATE, or already at the first RECORD.
    private let waitsForState: Bool
    private let signals: SignalPipe?
    private let child: ChildProcess
    private let lines = LineBuffer(limit: 128 << 20)
    private let errors = LineBuffer(limit: 64 * 1024)
    private var observer: RunObserver
    private var isOutputOpen = true
    private var isErrorsOpen = true
    private var status: Int32?
    private var bytes = 0

    /// Starts the source.
    init(
        _ request: SourceRequest, of probe: SourceProbe, _ unkindness: Unkindness, waitsForState: Bool
    ) throws(RunnerError) {
        self.request = request
        self.unkindness = unkindness
        self.waitsForState = waitsForState
        signals = probe.signals
        observer = RunObserver(request, secrets: probe.secrets)
        child = try ChildProcess(probe.command + request.arguments)
        #if os(Linux)
            // F_SETPIPE_SZ, which needs more than POSIX to be seen.
            _ = set_descriptor_flags(child.output, 1031, 4096)
        #endif
    }

    /// Runs it to its end.
    mutating func run() throws(RunnerError) -> Outcome {
        let reaper = OrphanReaper(for: child, scratch: nil)
        defer {
            child.signal(SIGKILL)
            if status == nil { _ = waitpid(child.pid, nil, 0) }
            if isOutputOpen { closeDescriptor(child.output) }
            closeDescriptor(child.errors)
            reaper?.dismiss()
        }
        let limit = request.silence
        try pump(for: limit) { $0.isTime }
        guard status == nil, isTime else {
            try pump(for: limit) { _ in false }
            observer.finish(SourceEnd(status: status ?? 0), fellSilent: status == nil)
            return Outcome(evidence: observer.evidence)
        }
        return try interrupt()
    }

    private var isTime: Bool {
        let evidence = observer.evidence
        return waitsForState ? evidence.streams.contains { $0.states > 0 && $0.records > 0 } : evidence.records > 0
    }

    private mutating func interrupt() throws(RunnerError) -> Outcome {
        var outcome = Outcome(evidence: observer.evidence, wasInterrupted: true)
        let start = Clock.monotonic()
        bytes = 0
        switch unkindness {
        case .stall:
            outcome.growth = try stall(for: 4000)
            try pump(for: request.silence) { _ in false }
            observer.finish(SourceEnd(status: status ?? SIGKILL), fellSilent: status == nil)
        case .close:
            isOutputOpen = false
            closeDescriptor(child.output)
            try wait(until: start + 30_000)
        case .term:
            outcome.ignoresTerm = ProcessGroup(child.pid).ignores(SIGTERM)
            child.signal(SIGTERM)
            // Whoever wants to finish what it is writing gets to do so; whoever goes on regardless is held up first.
            try wait(until: start + 2000)
            try pump(for: 5000, until: start + 5000) { _ in false }
        }
        outcome.duration = Clock.monotonic() - start
        outcome.wasKilled = status == nil
        outcome.bytesAfter = bytes
        outcome.evidence = observer.evidence
        if let status { outcome.evidence.end = SourceEnd(status: status) }
        return outcome
    }

    /// Does not read for so many milliseconds, and looks how the memory grows meanwhile.
    private mutating func stall(for milliseconds: Int64) throws(RunnerError) -> Int? {
        let group = ProcessGroup(child.pid)
        let first = group.memory
        var most = first ?? 0
        let end = Clock.monotonic() + milliseconds
        while Clock.monotonic() < end, status == nil {
            try wait(until: min(end, Clock.monotonic() + 250))
            most = max(most, group.memory ?? 0)
        }
        return first.map { most - $0 }
    }

    /// Waits for the end of the process without reading its output.
    private mutating func wait(until end: Int64) throws(RunnerError) {
        while status == nil, Clock.monotonic() < end {
            try readOnce(output: false, timeout: 20)
        }
    }

    /// Reads until the process has ended and all is read, until `isDone`, until nothing has come for so many milliseconds, or
    /// until `end`.
    private mutating func pump(
        for limit: Int64, until end: Int64 = .max, isDone: (borrowing Self) -> Bool
    ) throws(RunnerError) {
        var heardAt = Clock.monotonic()
        while Clock.monotonic() - heardAt < limit, Clock.monotonic() < end, !isDone(self) {
            if try readOnce(output: true, timeout: 100) { heardAt = Clock.monotonic() } else if status != nil { return }
        }
    }

    /// Reads what is there. Returns whether anything was.
    @discardableResult
    private mutating func readOnce(output wantsOutput: Bool, timeout: Int32) throws(RunnerError) -> Bool {
        if let signals, let number = signals.take() {
            throw RunnerError(.signal(number), "stopped by signal \(number)")
        }
        var entries = [
            pollfd(fd: wantsOutput && isOutputOpen ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isErrorsOpen ? child.errors : -1, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&entries, 2, timeout)
        var value: Int32 = 0
        if status == nil, waitpid(child.pid, &value, WNOHANG) == child.pid { status = value }
        guard count > 0 else { return false }
        if entries[1].revents != 0 {
            if errors.fill(from: child.errors) == nil { isErrorsOpen = false }
            while let piece = errors.next() {
                switch piece {
                case .line(let line): observer.take(error: line)
                case .tooLong(let length): observer.take(tooLongError: length)
                }
            }
        }
        guard entries[0].revents != 0 else { return true }
        guard let count = lines.fill(from: child.output) else {
            isOutputOpen = false
            closeDescriptor(child.output)
            return true
        }
        bytes += count
        while let piece = lines.next() {
            switch piece {
            case .line(let line): observer.take(line)
            case .tooLong(let length): observer.take(tooLong: length)
            }
        }
        return true
    }
}

/// `close(2)`, which a case of the same name hides.
private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }
