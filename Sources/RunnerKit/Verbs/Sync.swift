import AirbyteProtocol

/// `sync`: keeps a SQLite file equal to what the source tells.
struct SyncRun {
    private let session: SourceSession
    private let reporter: Reporter
    private let plans: [StreamPlan]
    private let path: String
    private let lock: LockBox
    private let started = Clock.monotonic()
    private var landing: Landing
    private var reader = MessageReader()
    private var accounts: StreamAccounts
    private var lostRecords = 0

    /// Locks and opens the database, asks the source for its streams, and prepares their tables.
    init(_ session: SourceSession) throws(RunnerError) {
        self.session = session
        reporter = session.reporter
        path = session.target?.path ?? ""
        lock = try LockBox(path)
        // Before the source is asked: a file that cannot be used is found out at once. What is not ours stays as it is,
        // so nothing is written before everything has been looked at.
        let database = try Database(path, writesAhead: false)
        try OwnTable.check(database)
        let source = try SourceTable(database, session.identity, isSame: session.options.isSameSource)
        landing = try Landing(
            database, source: source, plans: try session.plans(), startsOver: session.options.startsOver,
            commitInterval: session.options.commitInterval, reporter: reporter)
        plans = landing.plans
        accounts = StreamAccounts(plans.map(\.key))
        if let notice = source.notice { reporter.say(notice) }
        for refusal in landing.refusals {
            reporter.warn("stream \(refusal.plan.key) cannot be landed: \(refusal.reason)")
        }
    }

    /// Holds the lock for as long as the run lives.
    private final class LockBox {
        private let lock: FileLock
        init(_ path: String) throws(RunnerError) { lock = try FileLock(beside: path) }
    }

    /// Runs the source to its end.
    mutating func run() throws(RunnerError) -> ExitCode {
        guard !plans.isEmpty else {
            let rows = try landing.finish(&accounts.all, endedWell: false)
            try summarize(summary(rows, nil, .failed))
            return .failed
        }
        let outcome = try session.read(plans, run: landing.run, from: landing.known) { event throws(RunnerError) in
            try handle(event)
            return .goOn
        }
        return try finish(outcome)
    }

    private mutating func handle(_ event: SourceRun.Event) throws(RunnerError) {
        guard let line = session.line(of: event) else {
            distrustAfterLoss()
            try landing.commitIfDue(accounts.all)
            reporter.showProgress(accounts.all, started: started)
            return
        }
        switch reader.read(line) {
        case .record(let head):
            guard let index = accounts.count(head, in: line, now: Clock.monotonic(), reporter: reporter) else { break }
            try landing.record(index, reader.fields, head: head, line: line, account: &accounts.all[index])
        case .message(.state, let payload):
            if let difference = accounts.settle(payload, now: Clock.monotonic()) { reporter.warn(difference) }
            try landing.state(payload, accounts: &accounts.all)
            try landing.commitIfDue(accounts.all)
        case .message(.trace, let payload):
            accounts.note(trace: payload, now: Clock.monotonic(), reporter: reporter)
        case .message(let type, let payload):
            try session.take(type, payload)
        case .noise(let noise):
            reporter.noise(noise, line: line)
            distrustAfterLoss()
        }
    }

    /// After a record that nobody could read, no state of this run can be believed.
    private mutating func distrustAfterLoss() {
        guard reporter.brokenRecords > lostRecords else { return }
        lostRecords = reporter.brokenRecords
        landing.distrustAll(&accounts.all)
    }

    private mutating func finish(_ outcome: SourceRun.Outcome) throws(RunnerError) -> ExitCode {
        let endedWell = outcome.end == .exited(0) && outcome.signal == nil
        accounts.judge(endedWell: endedWell, wasStopped: outcome.signal != nil, reporter: reporter) {
            plans[$0].isIncremental
        }
        let rows = try landing.finish(&accounts.all, endedWell: endedWell)
        reporter.clearProgress()
        reporter.summarize()
        if accounts.strangers > 1 { reporter.warn("\(accounts.strangers) records of streams nobody asked for") }
        let isWhole =
            reporter.brokenRecords == 0 && accounts.all.allSatisfy { $0.failure == nil } && landing.refusals.isEmpty
        let code = outcome.signal.map(ExitCode.signal) ?? (endedWell && isWhole ? .ok : session.failureCode)
        warnOfUndeclaredFields()
        // The rows are kept, so the rest is said all the same.
        var unprinted: RunnerError?
        do throws(RunnerError) { try summarize(summary(rows, outcome, code)) } catch {
            unprinted = error
            reporter.say(error.description)
        }

        if let signal = outcome.signal {
            let anew = session.options.startsOver ? " (--full-refresh reads all of it anew)" : ""
            let kept = "what the source had acknowledged is in \(path)"
            reporter.say("\(Interruption.words(signal, goesOn: true))\(anew); \(kept)")
        } else if !endedWell {
            reporter.explainFailure(outcome.end)
        }
        return code == .ok ? unprinted?.code ?? .ok : code
    }

    /// All of the run as one value. `outcome` is nil when no source was started.
    private func summary(_ rows: [Int64], _ outcome: SourceRun.Outcome?, _ code: ExitCode) -> SyncSummary {
        var streams = accounts.all.enumerated().map { SyncSummary.Stream($1, rows: rows[$0]) }
        for refusal in landing.refusals {
            var account = StreamAccount(key: refusal.plan.key)
            account.failure = refusal.reason
            streams.append(SyncSummary.Stream(account, rows: nil))
        }
        let reason =
            outcome?.signal.map { Interruption.words($0, goesOn: true) } ?? reporter.firstError ?? outcome?.end.sentence
        return SyncSummary(
            streams: streams, seconds: Double(Clock.monotonic() - started) / 1000, exit: code, reason: reason,
            brokenRecords: reporter.brokenRecords)
    }

    private func summarize(_ summary: SyncSummary) throws(RunnerError) {
        let isJSON = session.options.wantsSummary
        try reporter.console.print(isJSON ? summary.json(reporter) : summary.table(reporter))
    }

    private func warnOfUndeclaredFields() {
        for (index, account) in accounts.all.enumerated() {
            let undeclared = landing.streams[index].undeclaredFields.sorted()
            guard !undeclared.isEmpty else { continue }
            reporter.warn(
                "stream \(account.key): fields not declared, so not stored: \(undeclared.joined(separator: ", "))")
        }
    }
}
