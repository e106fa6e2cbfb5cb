import AirbyteProtocol
import JSONBytes

/// Judges a SPEC payload.
enum SpecJudge {
    /// What holds and what not.
    static func judge(_ spec: JSON) -> Findings {
        var findings = Findings()
        for name in ["documentationUrl", "changelogUrl"] {
            guard let value = spec[name] else { continue }
            findings.require(
                value.string.map(isAbsolute) ?? false, .specURLsAreAbsolute, "\(name) is \(value.text)")
        }
        let fault = partsFault(spec)
        findings.require(fault == nil, .specPartsHaveTypes, fault ?? "")
        guard let schema = spec["connectionSpecification"] else {
            findings.breach(.specHasSchema, "no `connectionSpecification`")
            return findings
        }
        let isObject = schema["type"]?.string == "object" || schema["type"]?.array == [.string("object")]
        findings.require(schema.members != nil && isObject, .specHasSchema, "the `type` is not object")
        let faults = SchemaShape.faults(of: schema)
        findings.examine(.specSchemaIsValid)
        faults.forEach { findings.breach(.specSchemaIsValid, $0) }
        judge(schema: schema, into: &findings)
        return findings
    }

    /// Judges the configuration by the schema.
    static func judge(_ configuration: JSON, by schema: JSON) -> Findings {
        var findings = Findings()
        let faults = SchemaJudge.faults(of: configuration, by: .reading(schema)).filter { $0.kind == .misfit }
        findings.examine(.specTakesConfig)
        faults.forEach { findings.breach(.specTakesConfig, $0.description) }
        return findings
    }

    private static func isAbsolute(_ address: String) -> Bool {
        guard let scheme = address.firstRange(of: "://"), scheme.lowerBound > address.startIndex else { return false }
        return scheme.upperBound < address.endIndex && !address.contains(where: \.isWhitespace)
    }

    private static func partsFault(_ spec: JSON) -> String? {
        for name in ["supportsIncremental", "supportsNormalization", "supportsDBT"] {
            if let value = spec[name], value.boolean == nil { return "\(name) is \(value.kindName)" }
        }
        if let version = spec["protocol_version"], version.string == nil {
            return "protocol_version is \(version.kindName)"
        }
        if let modes = spec["supported_destination_sync_modes"], modes.array == nil {
            return "supported_destination_sync_modes is \(modes.kindName)"
        }
        guard let flow = spec["advanced_auth"] else { return nil }
        return flow.members == nil ? "advanced_auth is \(flow.kindName)" : nil
    }

    private static func judge(schema: JSON, into findings: inout Findings) {
        findings.examine(.specMarksSecrets, .specDeclaresRequired, .specDefaultsFit, .specIsPlain, .specChoicesAreTold)
        findings.examine(.specIsOpen, .specOrderIsClear, .specValuesAreDistinct)
        SchemaWalk.each(schema) { part, path in
            let place = path.isEmpty ? "the configuration" : "`\(path.joined(separator: "."))`"
            if let name = path.last, isUnmarkedSecret(name, part) {
                findings.breach(.specMarksSecrets, "\(place) is not marked")
            }
            for name in part["required"]?.array?.compactMap(\.string) ?? []
            where SchemaWalk.field([name], in: part, document: schema) == nil {
                findings.breach(.specDeclaresRequired, "\(place) requires `\(name)`, which it does not declare")
            }
            if let value = part["default"],
                !SchemaJudge.faults(of: value, by: SchemaReader(schema).schema(part)).isEmpty
            {
                findings.breach(.specDefaultsFit, "the default of \(place)")
            }
            judgeForm(part, place, into: &findings)
            for word in ["$ref", "anyOf", "allOf", "not", "patternProperties"] where part[word] != nil {
                findings.breach(.specIsPlain, "\(word) in \(place)")
            }
            if let choices = part["oneOf"]?.array, !choices.isEmpty, !hasDiscriminator(choices) {
                findings.breach(.specChoicesAreTold, "the oneOf of \(place)")
            }
        }
    }

    /// What the form that is made of it has to know.
    private static func judgeForm(_ part: JSON, _ place: String, into findings: inout Findings) {
        if part["additionalProperties"] == .boolean(false) {
            findings.breach(.specIsOpen, "additionalProperties is false in \(place)")
        }
        if let values = part["enum"]?.array, Set(values.map(\.canonical)).count < values.count {
            findings.breach(.specValuesAreDistinct, "the enum of \(place) has a value twice")
        }
        var fields: [String: String] = [:]
        for field in part["properties"]?.members ?? [] {
            guard let order = field.value["order"]?.integer else { continue }
            let key = "\(field.value["group"]?.string ?? "") \(order)"
            if let other = fields.updateValue(field.name, forKey: key) {
                findings.breach(.specOrderIsClear, "`\(other)` and `\(field.name)` of \(place) have the order \(order)")
            }
        }
    }

    /// Whether a field is named as only secrets are and does not say that it is one.
    private static func isUnmarkedSecret(_ name: String, _ part: JSON) -> Bool {
        guard part["airbyte_secret"]?.boolean != true, part["const"] == nil, part["enum"] == nil,
            SchemaWalk.types(of: part)?.contains("string") == true
        else { return false }
        let name = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return secretNames.contains(name) || secretEndings.contains(where: name.hasSuffix)
    }

    private static let secretNames: Set<String> = ["token", "password", "passwd", "secret", "passphrase", "jwt"]
    private static let secretEndings = [
        "apikey", "apitoken", "accesstoken", "refreshtoken", "authtoken", "bearertoken", "clientsecret", "secretkey",
        "privatekey", "accesskey", "apisecret", "password", "secretaccesskey", "clienttoken", "personaltoken",
    ]

    /// Whether one member is a different constant in each object.
    private static func hasDiscriminator(_ choices: [JSON]) -> Bool {
        guard choices.allSatisfy({ $0["properties"]?.members != nil }) else {
            // Alternatives of a list or of a text are no forms to choose from.
            return choices.allSatisfy { $0["properties"] == nil }
        }
        return (choices[0]["properties"]?.members ?? []).map(\.name).contains { name in
            let constants = choices.compactMap { constant($0["properties"]?[name]) }
            return constants.count == choices.count && Set(constants).count == choices.count
        }
    }

    private static func constant(_ part: JSON?) -> JSON? {
        if let constant = part?["const"] { return constant }
        guard let values = part?["enum"]?.array, values.count == 1 else { return nil }
        return values[0]
    }
}
