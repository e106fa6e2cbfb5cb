import JSONBytes

/// A row that says "this record is gone", by Airbyte's change-data-capture convention: destinations in deduped mode remove
/// the record with that key. The cursor carries the instant of removal, so that the tombstone is younger than any version.
enum Tombstone {
    /// Members of a tombstone of the record `id`, removed at `instant` (Unix ms), as it stands in `page`.
    static func fields(id: Slice, of page: ScannedPage, at instant: Int64, room: String? = nil) -> AddedFields {
        var fields = AddedFields()
        fields.add("_id", slice: id, of: page)
        mark(&fields, at: instant, room: room)
        return fields
    }

    /// Members of a tombstone of the record `id`, removed at `instant` (Unix ms).
    static func fields(id: String, at instant: Int64, room: String? = nil) -> AddedFields {
        var fields = AddedFields()
        fields.add("_id", string: id)
        mark(&fields, at: instant, room: room)
        return fields
    }

    /// Members of a tombstone of the record with these keys, which a sync of `instant` (Unix ms) found to be gone, in a stream whose rows bear
    /// the instant of the sync.
    static func fields(keys: KeyValuePairs<String, String>, at instant: Int64) -> AddedFields {
        var fields = AddedFields()
        for (name, value) in keys { fields.add(name, string: value) }
        fields.add(StreamDefinition.syncInstant, timestamp: instant)
        fields.add(StreamDefinition.deletionMark, timestamp: instant)
        return fields
    }

    private static func mark(_ fields: inout AddedFields, at instant: Int64, room: String?) {
        if let room { fields.add("rid", string: room) }
        fields.add("_updatedAt", timestamp: instant)
        fields.add(StreamDefinition.syncInstant, timestamp: instant)
        fields.add(StreamDefinition.deletionMark, timestamp: instant)
    }
}
