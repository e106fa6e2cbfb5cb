/// What holds for `spec` and `check`.
extension Rule {
    /// It is what every set-up begins with.
    static let specIsOneMessage = must("spec.is-one-message", "2.1", "`spec` answers with exactly one SPEC")
    /// The exit code is the truth.
    static let specEndsWell = must("spec.ends-with-zero", "1.2", "`spec` ends with exit code 0")
    /// Platforms drop a SPEC without it.
    static let specHasSchema = must(
        "spec.has-a-schema", "2.1", "`connectionSpecification` is a JSON schema of `type` object")
    /// Validators refuse every configuration otherwise.
    static let specSchemaIsValid = must(
        "spec.schema-is-valid", "2.1", "`connectionSpecification` is valid as a JSON schema of draft 7")
    /// The protocol's own models refuse others.
    static let specURLsAreAbsolute = must(
        "spec.urls-are-absolute", "2.1", "`documentationUrl` and `changelogUrl`, where given, are absolute")
    /// The protocol's own models refuse others.
    static let specPartsHaveTypes = must(
        "spec.parts-have-their-types", "2.1", "the members of the SPEC have the types that the protocol gives them")
    /// What is not marked is stored and shown in the clear.
    static let specMarksSecrets = must(
        "spec.marks-secrets", "6.3", "what is named like a password, key or token is marked `airbyte_secret`")
    /// PyAirbyte validates before it reads.
    static let specTakesConfig = must(
        "spec.accepts-the-config", "6.3", "the configuration that is verified with fits the specification")
    /// Nobody can fill in what has no field.
    static let specDeclaresRequired = should(
        "spec.declares-what-it-requires", "2.1", "every name in `required` is among the `properties`")
    /// A form would begin with a value that it refuses.
    static let specDefaultsFit = should("spec.defaults-fit", "2.1", "a default fits the schema that it stands in")
    /// Forms are made of the rest of JSON Schema.
    static let specIsPlain = should(
        "spec.is-plain", "6.4", "no $ref, anyOf, allOf, not or patternProperties, which forms cannot show")
    /// Airbyte's own tests require it: platforms put members of their own beside those of the user.
    static let specIsOpen = should("spec.is-open", "6.4", "`additionalProperties` is nowhere false in the SPEC")
    /// Which of the two comes first is left to chance.
    static let specOrderIsClear = should(
        "spec.order-is-clear", "6.4", "no two fields of one object and group have the same `order`")
    /// A form would offer it twice.
    static let specValuesAreDistinct = should("spec.values-are-distinct", "6.4", "no enum has a value twice")
    /// By it a form knows which of them was chosen.
    static let specChoicesAreTold = should(
        "spec.choices-have-a-discriminator", "2.1",
        "the objects of a oneOf share one member with a different const each")
    /// In the order in which they are told.
    static let spec = [
        specIsOneMessage, specEndsWell, specHasSchema, specSchemaIsValid, specURLsAreAbsolute, specPartsHaveTypes,
        specMarksSecrets, specTakesConfig, specDeclaresRequired, specDefaultsFit, specIsPlain, specIsOpen,
        specOrderIsClear, specValuesAreDistinct, specChoicesAreTold,
    ]

    /// Without one a platform knows only that something is wrong.
    static let checkIsOneMessage = must(
        "check.is-one-message", "2.2", "`check` answers with exactly one CONNECTION_STATUS")
    /// There are two.
    static let checkStatusIsKnown = must("check.status-is-known", "2.2", "the status is SUCCEEDED or FAILED")
    /// All that follows needs a source that can connect.
    static let checkSucceeds = must("check.succeeds", "2.2", "`check` succeeds with the configuration given")
    /// The exit code is the truth.
    static let checkEndsWell = must(
        "check.ends-with-zero", "0.6", "`check` with a good configuration ends with exit code 0")
    /// It is what `check` is for.
    static let checkRefusesBad = must(
        "check.refuses-a-bad-config", "0.6", "`check` does not succeed with a bad configuration")
    /// What is told in another way is shown as a crash.
    static let checkFailureIsStatus = must(
        "check.failure-is-a-status", "0.6", "a bad configuration gives a CONNECTION_STATUS with the status FAILED")
    /// To have found the fault is a success of `check`.
    static let checkFailureEndsWell = must(
        "check.failure-ends-with-zero", "0.6", "`check` that says FAILED ends with exit code 0")
    /// Some runners read it unasked.
    static let checkFailureSaysWhy = must("check.failure-has-a-message", "2.2", "FAILED comes with a message")
    /// A specification that requires what is not needed helps nobody.
    static let checkRefusesEmpty = should(
        "check.refuses-an-empty-config", "1.2", "`check` does not succeed without what the specification requires")
    /// Somebody has mistyped a path.
    static let checkNeedsFile = should(
        "check.needs-its-config-file", "1.2", "a configuration file that is missing or no JSON fails `check`")
    /// In the order in which they are told.
    static let check = [
        checkIsOneMessage, checkStatusIsKnown, checkSucceeds, checkEndsWell, checkRefusesBad, checkFailureIsStatus,
        checkFailureEndsWell, checkFailureSaysWhy, checkRefusesEmpty, checkNeedsFile,
    ]
}
