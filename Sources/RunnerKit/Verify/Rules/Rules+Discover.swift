/// What holds for `discover`.
extension Rule {
    static let discoverIsOneMessage = must("discover.is-one-message", "2.3", "`discover` answers with exactly one CATALOG")
    static let discoverEndsWell = must("discover.ends-with-zero", "1.2", "`discover` ends with exit code 0")
    static let discoverHasStreams = must("discover.has-streams", "6.3", "the catalog has a list of streams, not an empty one")
    static let discoverStreamIsWhole = must(
        "discover.streams-have-their-parts", "2.3", "a stream has a name, a json_schema, and members of the protocol's types")
    static let discoverModesAreKnown = must(
        "discover.modes-are-known", "2.3", "`supported_sync_modes` lists full_refresh, incremental or both")
    static let discoverNamesAreUnique = must("discover.names-are-unique", "2.3", "no two streams have one name and namespace")
    static let discoverSchemaIsObject = must(
        "discover.schema-has-properties", "0.24", "the schema of a stream is of `type` object and has `properties`")
    static let discoverSchemaIsValid = must(
        "discover.schema-is-valid", "3", "the schema of a stream is valid as a JSON schema of draft 7")
    static let discoverKeysAreDeclared = must(
        "discover.keys-are-declared", "0.24", "every path of the primary key leads to a declared field")
    static let discoverKeysAreScalar = must("discover.keys-are-scalar", "3", "no part of the primary key is an object or a list")
    static let discoverCursorIsDeclared = must(
        "discover.cursor-is-declared", "0.24", "the path of the cursor leads to a declared field")
    static let discoverRefusesBad = must(
        "discover.failure-is-told", "1.2", "`discover` that gives no catalog says why in a TRACE ERROR and does not end with 0")
    static let discoverIsSteady = should("discover.is-steady", "2.3", "asked twice, `discover` gives the same catalog")
    static let discoverSchemaIsOpen = should(
        "discover.schema-is-open", "0.24", "`additionalProperties` is nowhere false")
    static let discoverSchemaIsPlain = should(
        "discover.schema-is-plain", "3", "no $ref, allOf, anyOf or not in the schema of a stream")
    static let discoverTypesAreSingle = should("discover.types-are-single", "3", "a field has one type beside null")
    static let discoverTypesAreTold = should("discover.types-are-told", "3", "every field has a type")
    static let discoverNullableIsOptional = should(
        "discover.nullable-is-not-required", "3", "no field that may be null is required")
    static let discoverListsHaveItems = should("discover.lists-have-items", "3", "a list says in `items` what it holds")
    static let discoverNamesSurvive = should(
        "discover.names-survive", "3", "no two fields become one in lower case with `_` for everything else")
    static let discoverAirbyteTypesAreKnown = should(
        "discover.airbyte-types-are-known", "3", "every `airbyte_type` is one of the protocol's")

    /// In the order in which they are told.
    static let discover = [
        discoverIsOneMessage, discoverEndsWell, discoverHasStreams, discoverStreamIsWhole, discoverModesAreKnown,
        discoverNamesAreUnique, discoverSchemaIsObject, discoverSchemaIsValid, discoverKeysAreDeclared,
        discoverKeysAreScalar, discoverCursorIsDeclared, discoverRefusesBad, discoverIsSteady, discoverSchemaIsOpen,
        discoverSchemaIsPlain, discoverTypesAreSingle, discoverTypesAreTold, discoverNullableIsOptional,
        discoverListsHaveItems, discoverNamesSurvive, discoverAirbyteTypesAreKnown,
    ]
}
