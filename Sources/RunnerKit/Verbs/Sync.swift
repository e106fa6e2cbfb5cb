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
            try summarize(try landing.finish(&accounts.all, endedWell: false))
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
            try landing.commitIfDue()
            reporter.showProgress(accounts.progress(started: started))
            return
        }
        switch reader.read(line) {
        case .record(let head):
            guard let index = accounts.count(head, in: line, now: Clock.monotonic(), reporter: reporter) else { break }
            try landing.record(index, reader.fields, head: head, line: line, account: &accounts.all[index])
        case .message(.state, let payload):
            if let difference = accounts.settle(payload, now: Clock.monotonic()) { reporter.warn(difference) }
            try landing.state(payload, accounts: &accounts.all)
            try landing.commitIfDue()
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
        accounts.judge(endedWell: endedWell, reporter: reporter) { plans[$0].isIncremental }
        let rows = try landing.finish(&accounts.all, endedWell: endedWell)
        reporter.clearProgress()
        reporter.summarize()
        if accounts.strangers > 1 { reporter.warn("\(accounts.strangers) records of streams nobody asked for") }
        // The rows are kept, so the rest is said all the same.
        var unprinted: RunnerError?
        do throws(RunnerError) { try summarize(rows) } catch {
            unprinted = error
            reporter.say(error.description)
        }

        if let signal = outcome.signal {
            reporter.say("stopped by signal \(signal): what the source had acknowledged is in \(path)")
            return .signal(signal)
        }
        if !endedWell { reporter.explainFailure(outcome.end) }
        let isWhole =
            reporter.brokenRecords == 0 && accounts.all.allSatisfy { $0.failure == nil } && landing.refusals.isEmpty
        return endedWell && isWhole ? unprinted?.code ?? .ok : session.failureCode
    }

    private func summarize(_ rows: [Int64]) throws(RunnerError) {
        var table = TextTable(
            ["stream", "upserts", "deletions", "rows now", "seconds", ""], rightAligned: [1, 2, 3, 4])
        for (index, account) in accounts.all.enumerated() {
            table.add([
                reporter.line(account.key.description), String(account.upserts), String(account.deletions),
                String(rows[index]), Self.seconds(account.seconds),
                account.failure.map { reporter.line("FAILED: \($0)") } ?? "",
            ])
            let undeclared = landing.streams[index].undeclaredFields.sorted()
            if !undeclared.isEmpty {
                reporter.warn(
                    "stream \(account.key): fields not declared, so not stored: \(undeclared.joined(separator: ", "))")
            }
        }
        for refusal in landing.refusals {
            let (name, reason) = (refusal.plan.key.description, refusal.reason)
            table.add([reporter.line(name), "0", "0", "", "0.0", reporter.line("FAILED: \(reason)")])
        }
        try reporter.console.print(table.text)
    }

    private static func seconds(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
