/// What holds for `discover`.
extension Rule {
    /// It is what every read is made of.
    static let discoverIsOneMessage = must(
        "discover.is-one-message", "2.3", "`discover` answers with exactly one CATALOG")
    /// The exit code is the truth.
    static let discoverEndsWell = must("discover.ends-with-zero", "1.2", "`discover` ends with exit code 0")
    /// There is nothing to read otherwise.
    static let discoverHasStreams = must(
        "discover.has-streams", "6.3", "the catalog has a list of streams, not an empty one")
    /// The protocol's own models refuse others.
    static let discoverStreamIsWhole = must(
        "discover.streams-have-their-parts", "2.3",
        "a stream has a name, a json_schema, and members of the protocol's types")
    /// The protocol's own models refuse others.
    static let discoverModesAreKnown = must(
        "discover.modes-are-known", "2.3", "`supported_sync_modes` lists full_refresh, incremental or both")
    /// A record could be of either.
    static let discoverNamesAreUnique = must(
        "discover.names-are-unique", "2.3", "no two streams have one name and namespace")
    /// Platforms throw without `properties`.
    static let discoverSchemaIsObject = must(
        "discover.schema-has-properties", "0.24", "the schema of a stream is of `type` object and has `properties`")
    /// Validators refuse every record otherwise.
    static let discoverSchemaIsValid = must(
        "discover.schema-is-valid", "3", "the schema of a stream is valid as a JSON schema of draft 7")
    /// Destinations look for the key among the columns.
    static let discoverKeysAreDeclared = must(
        "discover.keys-are-declared", "0.24", "every path of the primary key leads to a declared field")
    /// No table has such a key.
    static let discoverKeysAreScalar = must(
        "discover.keys-are-scalar", "3", "no part of the primary key is an object or a list")
    /// PyAirbyte and others know keys among the columns only.
    static let discoverKeysAreOnTop = should(
        "discover.keys-are-on-top", "3", "no part of the primary key is inside of another field")
    /// Destinations look for the cursor among the columns.
    static let discoverCursorIsDeclared = must(
        "discover.cursor-is-declared", "0.24", "the path of the cursor leads to a declared field")
    /// Destinations tell by it which version is the newer.
    static let discoverCursorIsOrdered = should(
        "discover.cursor-is-ordered", "3", "the cursor is no object, no list and no boolean")
    /// Otherwise it looks as if there were no streams.
    static let discoverRefusesBad = must(
        "discover.failure-is-told", "1.2",
        "`discover` that gives no catalog says why in a TRACE ERROR and does not end with 0")
    /// Platforms report each difference as a changed schema.
    static let discoverIsSteady = should("discover.is-steady", "2.3", "asked twice, `discover` gives the same catalog")
    /// A new field must not make records invalid.
    static let discoverSchemaIsOpen = should(
        "discover.schema-is-open", "0.24", "`additionalProperties` is nowhere false")
    /// Destinations make columns of the rest of JSON Schema.
    static let discoverSchemaIsPlain = should(
        "discover.schema-is-plain", "3", "no $ref, allOf, anyOf or not in the schema of a stream")
    /// A column has one type.
    static let discoverTypesAreSingle = should(
        "discover.types-are-single", "3", "a field of a record has one type beside null")
    /// A column without a type becomes text or JSON.
    static let discoverTypesAreTold = should("discover.types-are-told", "3", "every field has a type")
    /// One of the two is wrong.
    static let discoverNullableIsOptional = should(
        "discover.nullable-is-not-required", "3", "no field that may be null is required")
    /// Destinations with typed lists want to know.
    static let discoverListsHaveItems = should("discover.lists-have-items", "3", "a list says in `items` what it holds")
    /// Columns are named so, and the second one overwrites the first.
    static let discoverNamesSurvive = should(
        "discover.names-survive", "3", "no two fields become one in lower case with `_` for everything else")
    /// Others are ignored.
    static let discoverAirbyteTypesAreKnown = should(
        "discover.airbyte-types-are-known", "3", "every `airbyte_type` is one of the protocol's")

    /// In the order in which they are told.
    static let discover = [
        discoverIsOneMessage, discoverEndsWell, discoverHasStreams, discoverStreamIsWhole, discoverModesAreKnown,
        discoverNamesAreUnique, discoverSchemaIsObject, discoverSchemaIsValid, discoverKeysAreDeclared,
        discoverKeysAreScalar, discoverKeysAreOnTop, discoverCursorIsDeclared, discoverCursorIsOrdered,
        discoverRefusesBad, discoverIsSteady, discoverSchemaIsOpen,
        discoverSchemaIsPlain, discoverTypesAreSingle, discoverTypesAreTold, discoverNullableIsOptional,
        discoverListsHaveItems, discoverNamesSurvive, discoverAirbyteTypesAreKnown,
    ]
}
