/// One stream of a CATALOG message.
package struct StreamDescription: Sendable {
    /// The stream's name.
    package let name: String
    /// The JSON schema as JSON text.
    package let jsonSchema: String
    /// Whether `incremental` is offered beside `full_refresh`.
    package let supportsIncremental: Bool
    /// The path of the cursor the source itself defines; `nil` when it has none.
    package let cursorField: [String]?
    /// The paths of the primary key, for example `[["_id"]]`.
    package let primaryKey: [[String]]
    /// Whether a stopped sync goes on from its state.
    package let isResumable: Bool

    /// A stream with the given traits.
    package init(
        name: String, jsonSchema: String, supportsIncremental: Bool, cursorField: [String]?, primaryKey: [[String]],
        isResumable: Bool
    ) {
        self.name = name
        self.jsonSchema = jsonSchema
        self.supportsIncremental = supportsIncremental
        self.cursorField = cursorField
        self.primaryKey = primaryKey
        self.isResumable = isResumable
    }
}
