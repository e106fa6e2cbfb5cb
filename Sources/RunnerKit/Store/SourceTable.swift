import AirbyteProtocol
import JSONBytes

/// Whose data the file holds: each source that has been synced into it, by number.
struct SourceTable {
    /// The number of the source now at work: its tables and states are its own.
    let number: Int64
    private let identity: SourceIdentity
    /// As the file knows it, or of one that is new its command alone: until it has given something, a typing error in
    /// the configuration may be mended.
    private let former: SourceIdentity
    /// What is to be told of a source that is not quite as it was; nil when it is.
    let notice: String?
    private let database: Database

    /// Recognises the source; only looks. With `isSame` the user vouches for it. Throws `.configuration` when the file was
    /// filled by the same program from other data.
    init(_ database: Database, _ identity: SourceIdentity, isSame: Bool) throws(RunnerError) {
        self.database = database
        self.identity = identity
        let known = try Self.load(database)
        let candidates = known.filter { isSame || $0.identity.isSameProgram(as: identity) }
        if let match = candidates.first(where: { isSame || $0.identity.sharesData(with: identity) }) {
            guard !isSame || known.count == 1 else {
                throw RunnerError(.usage, "\(database.path) holds several sources, so --same-source does not say which")
            }
            (number, former) = (match.number, match.identity)
            let gone = match.identity.marks.filter { !identity.marks.contains($0) }
            let come = identity.marks.filter { !match.identity.marks.contains($0) }
            notice =
                gone.isEmpty || come.isEmpty
                ? nil
                : "\(database.path) was filled with \(gone.joined(separator: ", ")), the configuration has"
                    + " \(come.joined(separator: ", ")): taken for the same data, because the rest is as it was"
        } else if let other = candidates.first {
            throw RunnerError(
                .configuration,
                "\(database.path) was filled with \(other.identity.marks.joined(separator: ", ")), but the configuration"
                    + " has \(identity.marks.joined(separator: ", ")): going on would mix two workspaces or accounts, so"
                    + " nothing was changed. Name a file of its own with --into. If it is the same one under another"
                    + " name, run once with --same-source")
        } else {
            (number, notice) = ((known.map(\.number).max() ?? 0) + 1, nil)
            former = SourceIdentity(command: identity.command, marks: [])
        }
    }

    private static func load(_ database: Database) throws(RunnerError) -> [(number: Int64, identity: SourceIdentity)] {
        if try OwnTable.isEarly(database) { return [(1, try earlyIdentity(database))] }
        guard try database.integer("SELECT 1 FROM pragma_table_info('\(OwnTable.sources.rawValue)')") != nil else {
            return []
        }
        let texts = { (list: String?) in
            list.flatMap { try? JSON(parsing: $0) }?.array.map { $0.compactMap(\.string) }
        }
        return try database.rows("SELECT id, command, marks FROM \(OwnTable.sources.rawValue) ORDER BY id").map { row in
            (Int64(row[0] ?? "") ?? 0, SourceIdentity(command: texts(row[1]), marks: texts(row[2]) ?? []))
        }
    }

    /// 0.1.0 noted nothing of it. A source that says in its states where they come from, as the one beside this runner
    /// does (`origin`), is known by that.
    private static func earlyIdentity(_ database: Database) throws(RunnerError) -> SourceIdentity {
        var marks: [String] = []
        for row in try database.rows("SELECT state FROM \(OwnTable.state.rawValue)") {
            let origin = row[0].flatMap { try? JSON(parsing: $0) }?["origin"]?.members ?? []
            for text in origin.compactMap(\.value.string) where !marks.contains(text) { marks.append(text) }
        }
        return SourceIdentity(command: nil, marks: marks)
    }

    /// Notes the source as it was known before this run.
    func begin() throws(RunnerError) { try save(former) }

    /// Notes the source as it is now, since what it gave is in the file.
    func confirm() throws(RunnerError) { try save(identity) }

    private func save(_ identity: SourceIdentity) throws(RunnerError) {
        let list = { (texts: [String]) in JSON.array(texts.map(JSON.string)).text }
        try database.run(
            """
            INSERT INTO \(OwnTable.sources.rawValue) (id, command, marks) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET command = excluded.command, marks = excluded.marks
            """,
            .integer(number), identity.command.map { .text(list($0)) } ?? .null, .text(list(identity.marks)))
    }
}
