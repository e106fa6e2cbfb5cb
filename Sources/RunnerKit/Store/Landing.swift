/// Lands a run in the database, so that at every commit the rows and the states tell the same story.
///
/// States are written in the transaction of the rows before them. A commit at any moment is therefore right: rows
/// that have no state yet come again and, having a primary key, change nothing; rows without one, and rows that
/// replace a table, wait in a stage. Commits are only as frequent as progress is worth keeping.
struct Landing {
    private let database: Database
    private let states: StateTable
    private let history: RunTable
    private let startsOver: Bool
    /// Commit no more often than this, in milliseconds: each costs a synchronisation of the disk.
    private let commitInterval: Int64
    /// One per plan, in the order of the plans.
    private(set) var streams: [StreamLanding] = []
    /// Streams of which a record could not be stored: their states are not believed any more.
    private var unstorable: Set<Int> = []
    /// A GLOBAL or LEGACY state that has to wait until every table has been replaced.
    private var heldState: JSON?
    private var isStateDirty = false
    private var committedAt = Clock.monotonic()

    /// The number of this run, from 1.
    var run: Int64 { history.number }
    /// What earlier runs have told.
    let known: StateSet

    /// Prepares the tables of `plans` and leaves those of other streams alone.
    init(
        _ database: Database, plans: [StreamPlan], startsOver: Bool, commitInterval: Int64
    ) throws(RunnerError) {
        self.database = database
        self.commitInterval = commitInterval
        self.startsOver = startsOver
        try Self.checkNames(plans)
        try database.execute("BEGIN IMMEDIATE")
        states = try StateTable(database)
        history = try RunTable(database)
        known = try states.load()
        for (number, plan) in plans.enumerated() {
            streams.append(try StreamLanding(plan, number: number, startsOver: startsOver, database: database))
            try history.begin(plan.key)
        }
        try database.execute("COMMIT")
        try database.execute("BEGIN IMMEDIATE")
    }

    /// SQLite's names ignore case and some are taken.
    private static func checkNames(_ plans: [StreamPlan]) throws(RunnerError) {
        var taken = [StateTable.name: "the runner's own table", RunTable.name: "the runner's own table"]
        for plan in plans {
            let name = plan.key.description
            if name.lowercased().hasPrefix("sqlite_") {
                throw RunnerError(.failed, "stream \(name) cannot be a table: SQLite keeps names in sqlite_ to itself")
            }
            if let other = taken.updateValue("stream \(name)", forKey: name.lowercased()) {
                throw RunnerError(
                    .failed, "stream \(name) would share its table with \(other): choose one with --streams")
            }
        }
    }

    /// Stores a record of the stream at `index`.
    mutating func record(
        _ index: Int, _ fields: [RecordField], head: RecordHead, line: UnsafeBufferPointer<UInt8>,
        account: inout StreamAccount
    ) throws(RunnerError) {
        switch try streams[index].write(fields, head: head, line: line) {
        case .upserted: account.upserts += 1
        case .deleted(let count): account.deletions += count
        case .lacksKey(let field):
            unstorable.insert(index)
            account.failure = account.failure ?? "a record has no \(field), which is its primary key"
        }
    }

    /// A record was lost before it could be told whose it was: no stream's next state can be believed, and no table
    /// replaced. What is committed already stands.
    mutating func distrustAll(_ accounts: inout StreamAccounts) {
        for index in streams.indices where !streams[index].isPromoted {
            unstorable.insert(index)
            accounts.fail(index, "a record of this run could not be read")
        }
    }

    /// Takes over a STATE payload. `accounts` tells which streams are complete.
    mutating func state(_ payload: JSON, accounts: inout StreamAccounts) throws(RunnerError) {
        isStateDirty = true
        guard let key = StreamKey(payload["stream"]?["stream_descriptor"]) else {
            guard unstorable.isEmpty else { return }
            for stream in streams { try stream.moveStage() }
            // With --full-refresh this state is about rows that are not in their tables yet.
            if startsOver, streams.contains(where: { !$0.isPromoted }) {
                heldState = payload
            } else {
                try states.save(payload)
            }
            return
        }
        guard let index = accounts.index(of: key), !unstorable.contains(index) else { return }
        switch streams[index].mode {
        case .upsert: break
        case .append: try streams[index].moveStage()
        case .replace where !streams[index].isPromoted:
            streams[index].heldState = payload
            guard accounts[index].failure == nil else { return }
            if accounts[index].status == .complete { try promote(index, account: &accounts[index]) }
            return
        case .replace: break
        }
        try states.save(payload)
    }

    private mutating func promote(_ index: Int, account: inout StreamAccount) throws(RunnerError) {
        account.deletions = try streams[index].promote()
        if let state = streams[index].heldState { try states.save(state) }
        streams[index].heldState = nil
        isStateDirty = true
    }

    /// Commits when there is a state to keep and the last commit is long enough ago.
    mutating func commitIfDue() throws(RunnerError) {
        let now = Clock.monotonic()
        guard isStateDirty, now - committedAt >= commitInterval else { return }
        try database.execute("COMMIT")
        try database.execute("BEGIN IMMEDIATE")
        isStateDirty = false
        committedAt = Clock.monotonic()
    }

    /// Ends the run: what is complete is promoted, what has no state is dropped, the history is written, and all of
    /// it committed. `endedWell` is the source's exit code. Returns the rows each table now has.
    mutating func finish(_ accounts: inout StreamAccounts, endedWell: Bool) throws(RunnerError) -> [Int64] {
        for index in streams.indices {
            let account = accounts[index]
            switch streams[index].mode {
            case .upsert: break
            case .append where endedWell && account.failure == nil: try streams[index].moveStage()
            case .append: accounts[index].upserts -= try streams[index].dropStage()
            case .replace where streams[index].isPromoted: break
            case .replace:
                if account.failure == nil, account.status == .complete || endedWell {
                    try promote(index, account: &accounts[index])
                } else {
                    _ = try streams[index].dropStage()
                    (accounts[index].upserts, accounts[index].deletions) = (0, 0)
                }
            }
        }
        if let heldState, unstorable.isEmpty, streams.allSatisfy(\.isPromoted) { try states.save(heldState) }
        var rows: [Int64] = []
        for index in streams.indices {
            rows.append(try streams[index].rowCount())
            try history.finish(accounts[index], rows: rows[index], failure: accounts[index].failure)
        }
        try database.execute("COMMIT")
        return rows
    }
}
