import JSONBytes

/// The instant of a sync as the cursor of its rows.
enum SyncInstant {
    /// The member that a row gets on its way out.
    static func fields(_ instant: Int64) -> AddedFields {
        var fields = AddedFields()
        fields.add(StreamDefinition.syncInstant, timestamp: instant)
        return fields
    }
}
