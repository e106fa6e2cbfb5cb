import AirbyteProtocol
import JSONBytes

/// `sync --destination`: what the source tells goes to a destination of Airbyte's, and a state is kept once the destination
/// has confirmed it.
///
/// Two children and one thread. A line of the source is handed on before the next one is read, so a destination that
/// stalls stalls the source.
final class DestinationSync {
    private let session: SourceSession
    private let reporter: Reporter
    private let destination: DestinationSession
    private let states: ConfirmedStates
    private let deliveries: [StreamDelivery]
    private let started = Clock.monotonic()
    private var sourceReader = MessageReader()
    private var destinationReader = MessageReader()
    private var accounts: StreamAccounts
    /// A record was lost: no later state can be believed, and no stream is complete.
    private var hasLostRecords = false

    /// Asks both sides who they are, and the destination whether it can be written to; then begins the run in the file.
    init(_ session: SourceSession) throws(RunnerError) {
        self.session = session
        reporter = session.reporter
        let options = session.options
        guard let command = options.destination, let path = session.target?.path else {
            throw RunnerError(.usage, "`sync` needs --into FILE.db or --destination CMD")
        }
        states = try ConfirmedStates(path, interval: options.commitInterval)
        destination = try DestinationSession(command, config: options.destinationConfig, beside: session)
        try states.file.check(
            source: session.identity, isSameSource: options.isSameSource, destination: destination.identity,
            isSameDestination: options.isSameDestination, path: path)
        try destination.check()
        let (file, modes) = (states.file, destination.modes)
        deliveries = try session.plans().map { plan in
            StreamDelivery(
                plan, former: file[plan.key], hasState: file.hasState(plan.key), startsOver: options.startsOver,
                modes: modes)
        }
        accounts = StreamAccounts(deliveries.map(\.plan.key))
        for delivery in deliveries {
            if let drawback = delivery.drawback { reporter.warn("stream \(delivery.plan.key): \(drawback)") }
        }
    }

    /// Runs both to their ends.
    func run() throws(RunnerError) -> ExitCode {
        try states.begin(deliveries, source: session.identity, destination: destination.identity)
        let scratch = try ScratchFolder()
        defer { scratch.remove(["catalog.json", "state.json", DestinationSession.copy]) }
        let run = states.file.runs
        let catalog = JSON.object(["streams": .array(deliveries.map { $0.entry(run: run) })])
        var flags = ["--catalog", try scratch.add("catalog.json", catalog.text)]
        let goingOn = deliveries.filter { !$0.isAnew }.map(\.plan.key)
        let known = states.file.states.limited(to: goingOn)
        if !known.isEmpty, !goingOn.isEmpty { flags += ["--state", try scratch.add("state.json", known.text)] }

        // The destination first: when it cannot be started, nothing was asked of the source.
        let process = try destination.write(catalog: flags[1], scratch: scratch)
        defer { process.abandon() }
        let outcome = try session.run("read", flags: flags, scratch: scratch) { event throws(RunnerError) in
            try handle(event, process)
        }
        return try finish(outcome, process)
    }

    private func handle(
        _ event: SourceRun.Event, _ process: DestinationProcess
    ) throws(RunnerError) -> SourceRun.Wish {
        guard let line = session.line(of: event) else {
            hasLostRecords = hasLostRecords || reporter.brokenRecords > 0
            return try flush(process)
        }
        var mayGoOn = true
        switch sourceReader.read(line) {
        case .record(let head):
            guard accounts.count(head, in: line, now: Clock.monotonic(), reporter: reporter) != nil else { break }
            mayGoOn = process.add(line)
        case .message(.state, let payload): mayGoOn = take(state: payload, process)
        case .message(.trace, let payload):
            accounts.note(trace: payload, now: Clock.monotonic(), reporter: reporter)
            // That a stream is complete is for us to say, at the end.
            if let report = StatusReport(trace: payload), report.status != .complete,
                accounts.index(of: report.stream) != nil
            {
                mayGoOn = process.add(line)
            }
        case .message(let type, let payload): try session.take(type, payload)
        case .noise(let noise):
            reporter.noise(noise, line: line)
            hasLostRecords = hasLostRecords || reporter.brokenRecords > 0
        }
        return mayGoOn ? .goOn : try flush(process)
    }

    private func take(state payload: JSON, _ process: DestinationProcess) -> Bool {
        let key = StateFile.stream(of: payload)
        if let key, accounts.index(of: key) == nil { return true }
        let records = accounts.all.reduce(0) { $0 + (key == nil || $1.key == key ? $1.sinceState : 0) }
        if let difference = accounts.settle(payload, now: Clock.monotonic()) { reporter.warn(difference) }
        guard !hasLostRecords else { return true }
        return process.add(MessageType.state.message(states.send(payload, records: records)).bytes)
    }

    /// Writes out what was collected. The source is to stop when there is nobody to take it.
    private func flush(_ process: DestinationProcess) throws(RunnerError) -> SourceRun.Wish {
        try process.flush { event throws(RunnerError) in try hear(event) }
        return process.hasLeft || !process.isEmpty ? .stop : .goOn
    }

    /// What the destination says.
    private func hear(_ event: DestinationProcess.Event) throws(RunnerError) {
        switch event {
        case .output(.line(let line)) where !line.isEmpty:
            switch destinationReader.read(line) {
            case .message(.state, let payload):
                if !states.confirm(payload) { destination.report.unknownState() }
            case .message(.log, let payload): destination.report.log(payload)
            case .message(.trace, let payload): destination.report.trace(payload)
            case .message(.control, let payload): try destination.control(payload)
            case .message, .record: break
            case .noise: destination.report.noise(line)
            }
        case .output(.tooLong): destination.report.noise(nil)
        case .error(.line(let line)) where !line.isEmpty: destination.report.standardError(line)
        case .idle:
            try states.saveIfDue()
            reporter.showProgress(accounts.all, started: started)
        case .output, .error: break
        }
    }

    private func finish(
        _ outcome: SourceRun.Outcome, _ process: DestinationProcess
    ) throws(RunnerError) -> ExitCode {
        let wasInTime = process.isListening
        let endedWell = outcome.end == .exited(0) && SignalPipe.arrived == nil && wasInTime
        if hasLostRecords { failAll("a record of this run could not be read") }
        if !wasInTime { failAll("the destination ended before it had everything") }
        accounts.judge(endedWell: endedWell, wasStopped: SignalPipe.arrived != nil, reporter: reporter) {
            deliveries[$0].plan.isIncremental
        }
        let complete = endedWell ? accounts.all.filter { $0.failure == nil }.map(\.key) : []
        if endedWell { for account in accounts.all { try announce(account, process) } }
        _ = try flush(process)
        let isEarly = !process.isListening
        let end = try process.finish { event throws(RunnerError) in try hear(event) }
        let isDone = endedWell && !isEarly && end == .exited(0)
        if endedWell, !isDone, SignalPipe.arrived == nil { failAll("the destination did not end well") }
        if isDone { states.complete(complete) }
        try states.save()
        reporter.clearProgress()
        reporter.summarize()
        destination.report.summarize()
        if accounts.strangers > 1 { reporter.warn("\(accounts.strangers) records of streams nobody asked for") }
        if isDone { warnOfUnconfirmed() }
        let code = code(isDone: isDone)
        // What was confirmed is kept, so the rest is said all the same.
        var unprinted: RunnerError?
        do throws(RunnerError) { try summarize(code) } catch {
            unprinted = error
            reporter.say(error.description)
        }
        if let signal = SignalPipe.arrived {
            reporter.say(
                "\(Interruption.words(signal, goesOn: true)): what the destination had confirmed is noted in \(states.path)"
            )
            return code
        }
        // Who was stopped for the other's sake is not blamed.
        if wasInTime { reporter.explainFailure(outcome.end) }
        if endedWell || !wasInTime { destination.report.explain(end, isEarly: isEarly, wasEnded: process.wasEnded) }
        return code == .ok ? unprinted?.code ?? .ok : code
    }

    private func code(isDone: Bool) -> ExitCode {
        if let signal = SignalPipe.arrived { return .signal(signal) }
        let isWhole = accounts.all.allSatisfy { $0.failure == nil } && states.unconfirmed.isEmpty
        if isDone, isWhole { return .ok }
        return reporter.isConfigurationWrong ? .configuration : destination.failureCode
    }

    private func failAll(_ reason: String) {
        for index in accounts.all.indices { accounts.all[index].fail(reason) }
    }

    /// Tells the destination that a stream is complete, once and only now: it may drop the rows of earlier loads then.
    private func announce(_ account: StreamAccount, _ process: DestinationProcess) throws(RunnerError) {
        let word = account.failure == nil ? StreamStatus.complete : .incomplete
        if word == .incomplete, account.status == .incomplete { return }
        let trace = JSON.object([
            "type": .string("STREAM_STATUS"),
            "emitted_at": .integer(Clock.now()),
            "stream_status": .object([
                "stream_descriptor": account.key.descriptor, "status": .string(word.rawValue),
            ]),
        ])
        if !process.add(MessageType.trace.message(trace).bytes) { _ = try flush(process) }
    }

    /// A destination that ends well and has not confirmed everything: nothing is lost, but the next run reads it again.
    private func warnOfUnconfirmed() {
        let names = states.unconfirmed.map { $0.map(\.description) ?? "all streams together" }.sorted()
        guard !names.isEmpty else { return }
        reporter.warn(
            "the destination ended well, but did not confirm the last state of \(names.joined(separator: ", ")): the"
                + " next run goes on from the one before")
    }

    private func summarize(_ code: ExitCode) throws(RunnerError) {
        if session.options.wantsSummary {
            let summary = SyncSummary(
                streams: accounts.all.map { SyncSummary.Stream($0, rows: nil) },
                seconds: Double(Clock.monotonic() - started) / 1000, exit: code,
                reason: reporter.firstError ?? destination.report.firstError, brokenRecords: reporter.brokenRecords)
            return try reporter.console.print(summary.json(reporter))
        }
        var table = TextTable(["stream", "records", "states", "confirmed", "seconds", ""], rightAligned: [1, 2, 3, 4])
        for account in accounts.all {
            let counts = states.counts(of: account.key)
            table.add([
                reporter.line(account.key.description), String(account.records), String(counts.sent),
                String(counts.confirmed), Amount.tenths(account.seconds),
                account.failure.map { reporter.line("FAILED: \($0)") } ?? "",
            ])
        }
        let shared = states.counts(of: nil)
        if shared.sent > 0 { table.add(["(all)", "", String(shared.sent), String(shared.confirmed), "", ""]) }
        try reporter.console.print(table.text)
    }
}
