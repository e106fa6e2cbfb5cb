import AirbyteProtocol

/// `read`: the source's messages, untouched, on standard output.
struct ReadRun {
    private let session: SourceSession
    private let reporter: Reporter
    private let plans: [StreamPlan]
    private let started = Clock.monotonic()
    private var reader = MessageReader()
    private var accounts: StreamAccounts
    /// Everything known, also of streams that this run does not read.
    private var state: StateFile
    private var isStateDirty = false
    private var stateSavedAt: Int64 = 0
    /// Lines on their way out.
    private var output: [UInt8] = []
    /// Why no more lines go out: the reader has gone, or the user wants to stop.
    private var blocked: WriteFault?

    /// Plans the read: streams from the source or the catalog file, state from the state file.
    init(_ session: SourceSession) throws(RunnerError) {
        self.session = session
        reporter = session.reporter
        state = StateFile()
        if let path = session.target?.path, let bytes = try Files.read(path) {
            do throws(InputError) { state = try StateFile(parsing: bytes) } catch {
                throw RunnerError(.usage, "\(path): \(error)")
            }
        }
        plans = try session.plans()
        accounts = StreamAccounts(plans.map(\.key))
    }

    /// Runs the source to its end.
    mutating func run() throws(RunnerError) -> ExitCode {
        try finish(session.read(plans, run: 1, from: state) { event throws(RunnerError) in try handle(event) })
    }

    private mutating func handle(_ event: SourceRun.Event) throws(RunnerError) -> SourceRun.Wish {
        guard let line = session.line(of: event) else {
            guard flush() else { return .stop }
            try saveState(ifOlderThan: 1000)
            reporter.showProgress(accounts.all, started: started)
            return .goOn
        }
        let content = reader.read(line)
        if case .noise(let noise) = content {
            reporter.noise(noise, line: line)
            return .goOn
        }
        output.append(contentsOf: line)
        output.append(0x0A)
        if output.count >= 128 * 1024, !flush() { return .stop }

        let now = Clock.monotonic()
        switch content {
        case .record(let head): _ = accounts.count(head, in: line, now: now, reporter: reporter)
        case .message(.state, let payload):
            // A state stands only once the records before it have been handed on.
            guard flush() else { return .stop }
            if let difference = accounts.settle(payload, now: now) { reporter.warn(difference) }
            isStateDirty = state.apply(payload) || isStateDirty
        case .message(.trace, let payload):
            accounts.note(trace: payload, now: now, reporter: reporter)
        case .message(let type, let payload): try session.take(type, payload)
        case .noise: break
        }
        return .goOn
    }

    /// Writes out the lines collected. False when there is nobody to take them, or the user has had enough.
    private mutating func flush() -> Bool {
        guard blocked == nil else { return false }
        do throws(WriteFault) {
            try reporter.console.write(output)
        } catch {
            blocked = error
        }
        output.removeAll(keepingCapacity: true)
        return blocked == nil
    }

    /// Writes the newest states into the state file, if they changed and the last time is long enough ago.
    private mutating func saveState(ifOlderThan age: Int64) throws(RunnerError) {
        guard isStateDirty, let path = session.target?.path, Clock.monotonic() - stateSavedAt >= age else { return }
        guard reporter.console.synchronize() else {
            throw RunnerError(.failed, "the output file cannot be written to disk; the state stays as it was")
        }
        try Files.replace(path, with: state.text + "\n")
        isStateDirty = false
        stateSavedAt = Clock.monotonic()
    }

    private mutating func finish(_ outcome: SourceRun.Outcome) throws(RunnerError) -> ExitCode {
        reporter.clearProgress()
        if blocked == nil { _ = flush() }
        if let blocked, case .output = blocked {
            // A reader that left early may have thrown away what it was given: the state stays where it was.
            guard let error = blocked.error else { return .ok }
            throw error
        }
        try saveState(ifOlderThan: 0)
        reporter.summarize()
        if accounts.strangers > 1 { reporter.warn("\(accounts.strangers) records of streams nobody asked for") }
        if let signal = outcome.signal {
            reporter.say(Interruption.words(signal, goesOn: session.target != nil))
            return .signal(signal)
        }
        return verdict(outcome.end)
    }

    /// The source's exit code is the truth; records that could not be read are a failure, too.
    private func verdict(_ end: SourceEnd) -> ExitCode {
        for account in accounts.all where end == .exited(0) {
            if let failure = account.failure {
                reporter.warn("stream \(account.key) failed: \(failure)")
            } else if account.status != nil, account.status != .complete {
                reporter.warn("stream \(account.key) was not reported complete")
            }
        }
        guard end == .exited(0) else {
            reporter.explainFailure(end)
            return session.failureCode
        }
        let isFine = reporter.brokenRecords == 0 && accounts.all.allSatisfy { $0.failure == nil }
        return isFine ? .ok : session.failureCode
    }
}
