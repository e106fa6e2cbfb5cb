import AirbyteProtocol
import JSONBytes

/// A stream as the source offers it, made ready to judge its records.
struct VerifiedStream {
    /// Its name and namespace.
    let key: StreamKey
    /// The AirbyteStream object.
    let object: JSON
    /// Paths of the source-defined primary key; empty when there is none, or one that the schema does not declare.
    let primaryKey: [[String]]
    /// Path of the cursor: the default one, or the key where the user has to choose; empty when there is none, or one that
    /// the schema does not declare.
    let cursor: [String]
    /// Whether it says that it can go on from a state.
    let offersIncremental: Bool
    /// Whether it can, with a cursor that is known here.
    let supportsIncremental: Bool
    /// Whether it can be read from the beginning.
    let supportsFullRefresh: Bool
    /// Whether a full refresh that was cut can go on from its state.
    let isResumable: Bool
    /// What its records must be.
    let schema: Schema

    /// Reads an AirbyteStream; nil without a name.
    init?(_ object: JSON) {
        guard let stream = DiscoveredStream(object) else { return nil }
        self.object = object
        key = stream.key
        // What no record can have is told once, of the catalog, and not of every record.
        let schema = object["json_schema"] ?? .object([])
        let isDeclared = { (path: [String]) in SchemaWalk.field(path, in: schema, document: schema) != nil }
        primaryKey = stream.primaryKey.allSatisfy(isDeclared) ? stream.primaryKey : []
        // Somebody has to choose where the source does not. The key is what other runners take (§8.1), and it is there.
        let isChosen =
            stream.supportsIncremental && stream.cursorField.isEmpty && object["source_defined_cursor"]?.boolean != true
        let path = isChosen && primaryKey.count == 1 ? primaryKey[0] : stream.cursorField
        cursor = isDeclared(path) ? path : []
        offersIncremental = stream.supportsIncremental
        let modes = object["supported_sync_modes"]?.array?.compactMap(\.string) ?? []
        // Without anything to choose it is read as what it is as well.
        supportsIncremental = stream.supportsIncremental && !(isChosen && cursor.isEmpty && modes.count > 1)
        supportsFullRefresh = modes.contains("full_refresh") || !supportsIncremental
        isResumable = object["is_resumable"]?.boolean == true
        self.schema = Schema.reading(schema)
    }
}

/// A stream of one read and how it is read.
struct StreamRequest {
    /// The stream.
    let stream: VerifiedStream
    /// False: from the beginning, whatever was read before.
    let isIncremental: Bool

    /// In the mode that is wished, or in the other where the stream lacks it.
    init(_ stream: VerifiedStream, incremental: Bool) {
        self.stream = stream
        isIncremental = incremental ? stream.supportsIncremental : !stream.supportsFullRefresh
    }

    /// Its entry of the configured catalog, as the platform writes it.
    var entry: JSON {
        let mode = isIncremental ? SyncMode.incremental : .fullRefresh
        let destination = !isIncremental ? "overwrite" : stream.primaryKey.isEmpty ? "append" : "append_dedup"
        return .object([
            "stream": stream.object,
            "sync_mode": .string(mode.rawValue),
            "destination_sync_mode": .string(destination),
            "cursor_field": .array(stream.cursor.map(JSON.string)),
            "primary_key": .array(stream.primaryKey.map { .array($0.map(JSON.string)) }),
            "generation_id": .integer(1),
            "minimum_generation_id": .integer(isIncremental ? 0 : 1),
            "sync_id": .integer(1),
        ])
    }
}
