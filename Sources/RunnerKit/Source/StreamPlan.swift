package import AirbyteProtocol
import JSONBytes

/// A stream as it will be read: what the source is asked for and how its records are kept.
package struct StreamPlan: Sendable {
    /// The stream as offered.
    package let stream: DiscoveredStream
    /// Its name and namespace.
    package let key: StreamKey
    /// False: the source starts over on every run.
    package let isIncremental: Bool
    /// Paths; records with the same values are versions of one row.
    package let primaryKey: [[String]]
    /// Path of the source-defined cursor.
    let cursorField: [String]
    /// The configured entry of a catalog the user gave, passed on untouched.
    let given: JSON?

    /// Plans a discovered stream: incremental where the source can.
    init(_ stream: DiscoveredStream) {
        self.stream = stream
        key = stream.key
        isIncremental = stream.supportsIncremental
        primaryKey = stream.primaryKey
        cursorField = stream.cursorField
        given = nil
    }

    /// Takes an entry of a configured catalog as it is; nil without a stream name.
    init?(configured entry: JSON) {
        guard let object = entry["stream"], let stream = DiscoveredStream(object) else { return nil }
        self.stream = stream
        key = stream.key
        isIncremental = entry["sync_mode"]?.string.flatMap(SyncMode.init(word:)) == .incremental
        let chosen = DiscoveredStream.paths(entry["primary_key"])
        primaryKey = stream.primaryKey.isEmpty ? chosen : stream.primaryKey
        cursorField = []
        given = entry
    }

    /// The entry of the configured catalog for run number `run`. A replaced stream gets a new generation that
    /// makes destinations drop the older ones.
    func entry(run: Int64, replacing: Bool) -> JSON {
        if let given { return given }
        let destination = replacing ? "overwrite" : primaryKey.isEmpty ? "append" : "append_dedup"
        let generation = JSON.number(String(replacing ? run : 1))
        return .object([
            "stream": stream.object,
            "sync_mode": .string((isIncremental ? SyncMode.incremental : .fullRefresh).rawValue),
            "destination_sync_mode": .string(destination),
            "cursor_field": .array(cursorField.map(JSON.string)),
            "primary_key": .array(primaryKey.map { .array($0.map(JSON.string)) }),
            "generation_id": generation,
            "minimum_generation_id": replacing ? generation : .number("0"),
            "sync_id": .number(String(run)),
        ])
    }
}

extension [StreamPlan] {
    /// The configured catalog as text.
    func catalog(run: Int64, replacing: (StreamPlan) -> Bool) -> String {
        JSON.object(["streams": .array(map { $0.entry(run: run, replacing: replacing($0)) })]).text
    }

    /// Reads a catalog file: a configured one, whose entries are passed on untouched, or what `discover` printed.
    init(catalog bytes: [UInt8], path: String) throws(RunnerError) {
        let entries: [CatalogFile.Entry]
        do throws(InputError) { entries = try CatalogFile(parsing: bytes).entries } catch {
            throw RunnerError(.usage, "\(path) is no catalog: \(error.message)")
        }
        self = entries.compactMap { entry in
            switch entry {
            case .configured(let entry): StreamPlan(configured: entry)
            case .offered(let object): DiscoveredStream(object).map(StreamPlan.init)
            }
        }
        guard count == entries.count else {
            throw RunnerError(.usage, "\(path): an entry of `streams` has no stream with a name")
        }
    }

    /// Each stream once, as it came first.
    var unique: [StreamPlan] {
        var seen: Set<StreamKey> = []
        return filter { seen.insert($0.key).inserted }
    }

    /// Only the named streams, in the order of the names. Throws when one is not there.
    func selecting(_ names: [String]?) throws(RunnerError) -> [StreamPlan] {
        guard let names else { return self }
        var chosen: [StreamPlan] = []
        for name in names {
            let matches = filter { $0.key.name == name || $0.key.description == name }
            guard !matches.isEmpty else {
                let known = map(\.key.description).sorted()
                let advice = Suggestion.sentence(for: name, among: known)
                throw RunnerError(
                    .usage,
                    "the source has no stream `\(name)`"
                        + (advice.isEmpty ? "; it has: \(known.joined(separator: ", "))" : advice))
            }
            chosen += matches.filter { match in !chosen.contains { $0.key == match.key } }
        }
        return chosen
    }
}
