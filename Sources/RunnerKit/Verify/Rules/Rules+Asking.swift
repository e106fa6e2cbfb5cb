/// What holds for `spec` and `check`.
extension Rule {
    static let specIsOneMessage = must("spec.is-one-message", "2.1", "`spec` answers with exactly one SPEC")
    static let specEndsWell = must("spec.ends-with-zero", "1.2", "`spec` ends with exit code 0")
    static let specHasSchema = must(
        "spec.has-a-schema", "2.1", "`connectionSpecification` is a JSON schema of `type` object")
    static let specSchemaIsValid = must(
        "spec.schema-is-valid", "2.1", "`connectionSpecification` is valid as a JSON schema of draft 7")
    static let specURLsAreAbsolute = must(
        "spec.urls-are-absolute", "2.1", "`documentationUrl` and `changelogUrl`, where given, are absolute")
    static let specFlagsAreBoolean = must(
        "spec.parts-have-their-types", "2.1", "the members of the SPEC have the types that the protocol gives them")
    static let specMarksSecrets = must(
        "spec.marks-secrets", "6.3", "what is named like a password, key or token is marked `airbyte_secret`")
    static let specTakesConfig = must(
        "spec.accepts-the-config", "6.3", "the configuration that is verified with fits the specification")
    static let specDeclaresRequired = should(
        "spec.declares-what-it-requires", "2.1", "every name in `required` is among the `properties`")
    static let specDefaultsFit = should("spec.defaults-fit", "2.1", "a default fits the schema that it stands in")
    static let specIsPlain = should(
        "spec.is-plain", "6.4", "no $ref, anyOf, allOf, not or patternProperties, which forms cannot show")
    static let specChoicesAreTold = should(
        "spec.choices-have-a-discriminator", "2.1", "the objects of a oneOf share one member with a different const each")
    static let spec = [
        specIsOneMessage, specEndsWell, specHasSchema, specSchemaIsValid, specURLsAreAbsolute, specFlagsAreBoolean,
        specMarksSecrets, specTakesConfig, specDeclaresRequired, specDefaultsFit, specIsPlain, specChoicesAreTold,
    ]

    static let checkIsOneMessage = must(
        "check.is-one-message", "2.2", "`check` answers with exactly one CONNECTION_STATUS")
    static let checkStatusIsKnown = must("check.status-is-known", "2.2", "the status is SUCCEEDED or FAILED")
    static let checkSucceeds = must("check.succeeds", "2.2", "`check` succeeds with the configuration given")
    static let checkEndsWell = must("check.ends-with-zero", "0.6", "`check` with a good configuration ends with exit code 0")
    static let checkRefusesBad = must(
        "check.refuses-a-bad-config", "0.6", "`check` does not succeed with a bad configuration")
    static let checkFailureIsStatus = must(
        "check.failure-is-a-status", "0.6", "a bad configuration gives a CONNECTION_STATUS with the status FAILED")
    static let checkFailureEndsWell = must(
        "check.failure-ends-with-zero", "0.6", "`check` that says FAILED ends with exit code 0")
    static let checkFailureSaysWhy = must("check.failure-has-a-message", "2.2", "FAILED comes with a message")
    static let checkRefusesEmpty = should(
        "check.refuses-an-empty-config", "1.2", "`check` does not succeed without what the specification requires")
    static let checkNeedsFile = must(
        "check.needs-its-config-file", "1.2", "a configuration file that is missing or no JSON fails `check`")
    static let check = [
        checkIsOneMessage, checkStatusIsKnown, checkSucceeds, checkEndsWell, checkRefusesBad, checkFailureIsStatus,
        checkFailureEndsWell, checkFailureSaysWhy, checkRefusesEmpty, checkNeedsFile,
    ]
}
