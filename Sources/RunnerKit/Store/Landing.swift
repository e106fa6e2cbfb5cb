import AirbyteProtocol
import JSONBytes

/// Lands a run in the database, so that at every commit the rows and the states tell the same story.
///
/// States are written in the transaction of the rows before them. A commit at any moment is therefore right: rows
/// that have no state yet come again and, having a primary key, change nothing; rows without one, and rows that
/// replace a table, wait in a stage. Commits are only as frequent as progress is worth keeping.
struct Landing {
    /// A stream that cannot be landed, and why.
    struct Refusal {
        /// What was asked for.
        let plan: StreamPlan
        /// For people.
        let reason: String
    }

    private let database: Database
    private let source: SourceTable
    private let states: StateTable
    private let history: RunTable
    private let startsOver: Bool
    /// Commit no more often than this, in milliseconds: each costs a synchronisation of the disk.
    private let commitInterval: Int64
    /// The streams that can be landed, in the order in which they were asked for; accounts go by it.
    private(set) var plans: [StreamPlan] = []
    /// One per plan.
    private(set) var streams: [StreamLanding] = []
    /// The other ones.
    private(set) var refusals: [Refusal] = []
    /// Streams of which a record could not be stored: their states are not believed any more.
    private var unstorable: Set<Int> = []
    /// A GLOBAL or LEGACY state that has to wait until every table has been replaced.
    private var heldState: JSON?
    private var isStateDirty = false
    private var isConfirmed = false
    private var committedAt = Clock.monotonic()
    /// How many bytes of each stream the history knows of.
    private var noted: [Int] = []

    /// The number of this run, from 1.
    var run: Int64 { history.number }
    /// What earlier runs have told, less what was about tables that are gone.
    private(set) var known: StateFile

    /// Prepares the tables of `plans` and leaves those of other streams alone. A stream that cannot be landed is set
    /// aside; throws `.usage`, with the file as it was, when a table would be touched that is not the runner's.
    init(
        _ database: Database, source: SourceTable, plans: [StreamPlan], startsOver: Bool, commitInterval: Int64,
        reporter: Reporter
    ) throws(RunnerError) {
        self.database = database
        self.source = source
        self.commitInterval = commitInterval
        self.startsOver = startsOver
        try database.execute("BEGIN IMMEDIATE")
        var names = try TableNames(database, source: source.number)
        try source.begin()
        states = StateTable(database, source: source.number)
        history = try RunTable(database, reporter: reporter)
        known = try states.load()
        for (number, plan) in plans.enumerated() {
            do throws(RunnerError) {
                let stream = try database.atOnce { () throws(RunnerError) in
                    try StreamLanding(plan, number: number, startsOver: startsOver, names: &names, database: database)
                }
                try history.begin(stream.layout.table)
                if stream.isNew { known[plan.key] = nil }
                streams.append(stream)
                self.plans.append(plan)
            } catch {
                guard error.isOfOneStream else { throw error }
                refusals.append(Refusal(plan: plan, reason: error.description))
            }
        }
        noted = Array(repeating: 0, count: streams.count)
        try database.execute("COMMIT")
        try database.writeAhead()
        try database.execute("BEGIN IMMEDIATE")
    }

    /// Stores a record of the stream at `index`.
    mutating func record(
        _ index: Int, _ fields: [RecordField], head: RecordHead, line: UnsafeBufferPointer<UInt8>,
        account: inout StreamAccount
    ) throws(RunnerError) {
        do throws(RunnerError) {
            switch try streams[index].write(fields, head: head, line: line) {
            case .upserted: account.upserts += 1
            case .deleted(let count): account.deletions += count
            case .lacksKey(let field): throw RunnerError(stream: "a record has no \(field), which is its primary key")
            case .doesNotFit: throw RunnerError(stream: "a record does not fit its table")
            }
        } catch {
            try fail(index, error, &account)
        }
    }

    /// An error of one stream is that stream's alone: nothing of it is believed any more, and the others go on.
    private mutating func fail(
        _ index: Int, _ error: RunnerError, _ account: inout StreamAccount
    ) throws(RunnerError) {
        guard error.isOfOneStream else { throw error }
        unstorable.insert(index)
        account.fail(error.description)
    }

    /// A record was lost before it could be told whose it was: no stream's next state can be believed, and no table
    /// replaced. What is committed already stands.
    mutating func distrustAll(_ accounts: inout [StreamAccount]) {
        for index in streams.indices where !streams[index].isPromoted {
            unstorable.insert(index)
            accounts[index].fail("a record of this run could not be read")
        }
    }

    /// Takes over a STATE payload. `accounts` tells which streams are complete.
    mutating func state(_ payload: JSON, accounts: inout [StreamAccount]) throws(RunnerError) {
        isStateDirty = true
        guard let key = StateFile.stream(of: payload) else {
            guard unstorable.isEmpty, refusals.isEmpty else { return }
            for index in streams.indices { try moveStage(index, &accounts[index]) }
            // With --full-refresh this state is about rows that are not in their tables yet.
            if startsOver, streams.contains(where: { !$0.isPromoted }) {
                heldState = payload
            } else if unstorable.isEmpty {
                try states.save(payload)
            }
            return
        }
        guard let index = plans.firstIndex(where: { $0.key == key }), !unstorable.contains(index) else { return }
        switch streams[index].mode {
        case .upsert: break
        case .append:
            try moveStage(index, &accounts[index])
            guard !unstorable.contains(index) else { return }
        case .replace where !streams[index].isPromoted:
            streams[index].heldState = payload
            guard accounts[index].failure == nil else { return }
            if accounts[index].status == .complete { try promote(index, &accounts[index]) }
            return
        case .replace: break
        }
        try states.save(payload)
    }

    private mutating func moveStage(_ index: Int, _ account: inout StreamAccount) throws(RunnerError) {
        do throws(RunnerError) { try streams[index].moveStage() } catch { try fail(index, error, &account) }
    }

    private mutating func promote(_ index: Int, _ account: inout StreamAccount) throws(RunnerError) {
        do throws(RunnerError) { account.deletions = try streams[index].promote() } catch {
            return try fail(index, error, &account)
        }
        if let state = streams[index].heldState { try states.save(state) }
        streams[index].heldState = nil
        isStateDirty = true
    }

    /// Commits when there is a state to keep and the last commit is long enough ago, with how far `accounts` have come.
    mutating func commitIfDue(_ accounts: [StreamAccount]) throws(RunnerError) {
        let now = Clock.monotonic()
        guard isStateDirty, now - committedAt >= commitInterval else { return }
        try confirm()
        for index in streams.indices where accounts[index].bytes > noted[index] {
            try history.move(accounts[index], table: streams[index].layout.table)
            noted[index] = accounts[index].bytes
        }
        try database.execute("COMMIT")
        try database.execute("BEGIN IMMEDIATE")
        isStateDirty = false
        committedAt = Clock.monotonic()
    }

    private mutating func confirm() throws(RunnerError) {
        guard !isConfirmed else { return }
        try source.confirm()
        isConfirmed = true
    }

    /// Ends the run: what is complete is promoted, what has no state is dropped, the history is written, and all of
    /// it committed. `endedWell` is the source's exit code. Returns the rows each table now has.
    mutating func finish(_ accounts: inout [StreamAccount], endedWell: Bool) throws(RunnerError) -> [Int64] {
        for index in streams.indices { try settle(index, &accounts[index], endedWell: endedWell) }
        if let heldState, unstorable.isEmpty, streams.allSatisfy(\.isPromoted) { try states.save(heldState) }
        if accounts.contains(where: { $0.failure == nil || $0.upserts > 0 }) { try confirm() }
        var rows: [Int64] = []
        for index in streams.indices {
            rows.append(try streams[index].rowCount())
            try history.add(accounts[index], table: streams[index].layout.table, rows: rows[index])
        }
        for refusal in refusals {
            var account = StreamAccount(key: refusal.plan.key)
            account.failure = refusal.reason
            try history.add(account, table: refusal.plan.key.description, rows: nil)
        }
        try database.execute("COMMIT")
        return rows
    }

    /// Decides about the rows of one stream that wait in a stage.
    private mutating func settle(
        _ index: Int, _ account: inout StreamAccount, endedWell: Bool
    ) throws(RunnerError) {
        switch streams[index].mode {
        case .upsert: return
        case .append:
            if endedWell, account.failure == nil { try moveStage(index, &account) }
            if !endedWell || account.failure != nil { account.upserts -= try streams[index].dropStage() }
        case .replace where streams[index].isPromoted: return
        case .replace:
            if account.failure == nil, account.status == .complete || endedWell { try promote(index, &account) }
            guard !streams[index].isPromoted else { return }
            _ = try streams[index].dropStage()
            (account.upserts, account.deletions) = (0, 0)
        }
    }
}
