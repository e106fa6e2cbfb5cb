import AirbyteProtocol
import CSystem

/// A destination at work: it is given lines and says what it has stored.
///
/// Nothing is queued beyond one buffer: whoever has more waits in `flush`, and as long as it waits the source is not read
/// and stands still. Meanwhile what the destination says is listened to, or the two would wait for each other.
final class DestinationProcess {
    /// What it says.
    enum Event {
        /// A line of standard output.
        case output(LineBuffer.Piece)
        /// A line of standard error.
        case error(LineBuffer.Piece)
        /// Comes about four times a second at least while it is waited for.
        case idle
    }

    private let child: ChildProcess
    private let reaper: OrphanReaper?
    private let grace: Int64
    private var watch: SourceWatch
    private let output = LineBuffer(limit: 128 << 20)
    private let errors = LineBuffer(limit: 64 * 1024)
    /// Lines on their way in; those before `written` have gone.
    private var buffer: [UInt8] = []
    private var written = 0
    private var isInputOpen = true
    /// Monotonic milliseconds at which nothing more is waited for, once the run is to be stopped.
    private var deadline: Int64?

    /// Starts `words`. `scratch` holds its files; `grace` is the patience, in milliseconds, with a destination that was
    /// told to end.
    init(_ words: [String], scratch: ScratchFolder, grace: Int64 = 10_000) throws(RunnerError) {
        // A destination that has gone is an error of `write`.
        ignore_signal(SIGPIPE)
        child = try ChildProcess(words, as: .destination, hasInput: true)
        reaper = OrphanReaper(for: child, scratch: scratch)
        self.grace = grace
        watch = SourceWatch(child: child, grace: grace, lingering: 2_000)
    }

    /// So much is collected before it is written.
    private static let capacity = 128 * 1024

    /// It lived on without input, and was told to end.
    private(set) var wasEnded = false

    /// It takes no more: it has ended, or closed its input.
    private(set) var hasLeft = false

    /// All that was added has been written.
    var isEmpty: Bool { buffer.isEmpty }

    /// Adds a line. False when `flush` is due.
    func add(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        buffer.append(contentsOf: line)
        buffer.append(0x0A)
        return buffer.count < Self.capacity
    }

    /// The same for a line of our own.
    func add(_ line: [UInt8]) -> Bool { line.withUnsafeBufferPointer(add) }

    /// Writes out what was collected, however long the destination takes, and hands on what it says meanwhile. Gives up when
    /// it has left, and some time after a signal: half a line would be a broken one.
    func flush(_ handle: (Event) throws(RunnerError) -> Void) throws(RunnerError) {
        repeat {
            try step(atMost: buffer.isEmpty ? 0 : 250, handle)
        } while !buffer.isEmpty && !hasLeft && isPatient
    }

    /// After a signal there is patience for a while, after a second one none.
    private var isPatient: Bool {
        if SignalPipe.arrived != nil, deadline == nil { deadline = Clock.monotonic() + grace }
        return SignalPipe.arrivals < 2 && deadline.map { Clock.monotonic() < $0 } ?? true
    }

    /// Whether somebody is there to read what goes into its input.
    var isListening: Bool {
        var entry = pollfd(fd: child.input, events: Int16(POLLOUT), revents: 0)
        return isInputOpen && !hasLeft && (poll(&entry, 1, 0) == 0 || Int32(entry.revents) & POLLERR == 0)
    }

    /// Closes its input and waits for its end: as long as it takes, for it may have much to store. One that closed its input
    /// itself, or that signals are to end, is given some time to say what it has stored.
    func finish(_ handle: (Event) throws(RunnerError) -> Void) throws(RunnerError) -> SourceEnd {
        if hasLeft, deadline == nil { deadline = Clock.monotonic() + grace }
        closeInput()
        while !watch.isOver {
            try step(atMost: 250, handle)
            if !isPatient {
                wasEnded = true
                watch.terminate()
            }
            if SignalPipe.arrivals >= 2 { child.signal(SIGKILL) }
        }
        let end = SourceEnd(status: watch.status ?? 0)
        if let piece = errors.rest() { try handle(.error(piece)) }
        // Half a line of one that was cut off is no line.
        if end == .exited(0), let piece = output.rest() { try handle(.output(piece)) }
        return end
    }

    /// Ends it without waiting for what it has to say, when the run cannot go on.
    func abandon() {
        guard !watch.isOver else { return }
        closeInput()
        watch.terminate()
        while !watch.isOver { try? step(atMost: 250) { _ in } }
    }

    deinit {
        abandon()
        close(child.output)
        close(child.errors)
        reaper?.dismiss()
    }

    private func step(atMost limit: Int32, _ handle: (Event) throws(RunnerError) -> Void) throws(RunnerError) {
        let input = isInputOpen && !buffer.isEmpty && !hasLeft ? child.input : -1
        let ready = watch.wait(signals: nil, input: input, atMost: limit)
        if ready.errors {
            watch.read(errors.fill(from: child.errors), from: .errors)
            while let piece = errors.next() { try handle(.error(piece)) }
        }
        if ready.output {
            watch.read(output.fill(from: child.output), from: .output)
            while let piece = output.next() { try handle(.output(piece)) }
        }
        if ready.input { write() }
        if watch.status != nil { hasLeft = true }
        if hasLeft { closeInput() }
        try handle(.idle)
    }

    private func write() {
        let result: Result<Int, OutputError> = buffer.withUnsafeBytes { bytes in
            do throws(OutputError) {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                return .success(try Descriptor(child.input).writeSome(rest))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let count):
            written += count
            guard written == buffer.count else { return }
            buffer.removeAll(keepingCapacity: true)
            written = 0
        case .failure: hasLeft = true
        }
    }

    private func closeInput() {
        guard isInputOpen else { return }
        isInputOpen = false
        close(child.input)
    }
}
