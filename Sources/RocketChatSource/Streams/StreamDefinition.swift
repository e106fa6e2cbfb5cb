package import AirbyteProtocol
package import JSONBytes
package import RocketChatAPI

/// Everything there is to know about one stream. A stream is one file that makes one of these, plus one entry in `Catalogue`.
package struct StreamDefinition: Sendable {
    /// Name of the stream: table name at the destination.
    package let name: String
    /// What one row is, in one sentence, for docs/streams.md.
    package let summary: String
    /// Names of the top-level fields that make a row unique.
    package let primaryKey: [String]
    /// The field that orders changes, or nil for a stream that can only be read in full.
    package let cursor: String?
    /// Declared top-level fields, in the order of the documentation. Undeclared ones pass through and are left to the
    /// destination.
    package internal(set) var fields: [Field]
    /// Secrets that never leave: paths of any length, through lists as well.
    package internal(set) var dropped: [String]
    /// Paths that alone of their object leave, where the server hands out documents that are other people's business.
    package let kept: [String]
    /// Members that show that the row's texts may hold access tokens of Slack, which never leave either.
    package let masking: [String]
    /// What the token must hold for the stream to be offered.
    package let needs: Requirement
    /// First server version that has the endpoint (major.minor), where it is younger than the oldest supported server.
    package let since: ServerVersion?
    /// How the rows are read.
    package let reading: ReadPlan

    package init(
        name: String, summary: String, primaryKey: [String] = ["_id"], cursor: String? = nil, fields: [Field],
        dropped: [String] = [], kept: [String] = [], masking: [String] = [], needs: Requirement = .nothing,
        since: ServerVersion? = nil, reading: ReadPlan
    ) {
        self.name = name
        self.summary = summary
        self.primaryKey = primaryKey
        self.cursor = cursor
        self.fields = fields + (cursor != nil && reading.traits.tellsRemovals ? Self.changeFields(cursor) : [])
        self.dropped = dropped
        self.kept = kept
        self.masking = masking
        self.needs = needs
        self.since = since
        self.reading = reading
    }

    /// The cursor of streams whose rows bear no date of change that could be trusted: the instant of the sync. Every sync delivers all
    /// of their rows, so a row that comes back is younger than its tombstone at every destination.
    package static let syncInstant = "_ab_cdc_updated_at"

    /// Set on tombstones only.
    static let deletionMark = "_ab_cdc_deleted_at"

    /// Whether the rows bear the instant of the sync as their cursor.
    package var bearsSyncInstant: Bool { cursor == Self.syncInstant }

    /// Airbyte's change-data-capture columns, declared on every stream that can tell of removals.
    /// A row whose `_ab_cdc_deleted_at` is set is a tombstone: destinations in deduped mode remove the record.
    private static func changeFields(_ cursor: String?) -> [Field] {
        let note =
            cursor == syncInstant
            ? "Instant of the sync that delivered the row or its tombstone: the cursor; incremental syncs only"
            : "Instant of the removal that orders the tombstone; set on tombstones only"
        return [
            .timestamp(deletionMark, "When the row was removed; set on tombstones only"),
            .timestamp(syncInstant, note),
        ]
    }

    /// The stream's JSON Schema (draft-07) as text.
    package var schema: String {
        let properties = fields.map { #""\#($0.name)":\#($0.schema)"# }.joined(separator: ",")
        return #"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":true,"#
            + #""properties":{\#(properties)}}"#
    }

    /// What `discover` says about the stream.
    package var description: StreamDescription {
        StreamDescription(
            name: name, jsonSchema: schema, supportsIncremental: cursor != nil, cursorField: cursor.map { [$0] },
            primaryKey: primaryKey.map { [$0] }, isResumable: cursor != nil)
    }

    /// What the scanner checks in each record, with the fields that the stream's reader puts in the place of the server's.
    package func shape(replacing: [String] = []) -> RecordShape {
        let types = Dictionary(fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        return RecordShape(
            types: types, dropping: (dropped + replacing).map { FieldPath($0) }, keeping: kept.map { FieldPath($0) },
            masking: masking.map { FieldPath($0) })
    }
}
