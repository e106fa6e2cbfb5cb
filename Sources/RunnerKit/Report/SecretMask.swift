/// Replaces the secrets of a configuration by `***` in everything the runner prints.
package struct SecretMask: Sendable {
    /// Longest first, so that a secret that contains another is hidden whole.
    private let secrets: [String]

    /// Nothing to hide.
    package init() { secrets = [] }

    /// Collects what the specification marks `airbyte_secret`, and what is named like a secret where it marks
    /// nothing. Texts under three characters are no secrets: masking them would garble everything.
    init(configuration: JSON, specification: JSON?) {
        var found: Set<String> = []
        if let specification { Self.collect(configuration, specification, into: &found) }
        Self.collectByName(configuration, into: &found)
        var forms: Set<String> = []
        for secret in found {
            // A key of many lines is printed line by line.
            let lines = secret.split(whereSeparator: \.isNewline).map(String.init).filter { $0.count >= 8 }
            for form in [secret] + lines where form.count >= 3 {
                forms.insert(form)
                forms.insert(Self.escaped(form))
            }
        }
        secrets = forms.sorted { $0.count == $1.count ? $0 < $1 : $0.count > $1.count }
    }

    /// `text` with every secret replaced.
    package func callAsFunction(_ text: String) -> String {
        secrets.reduce(text) { $0.contains($1) ? Self.replace($1, in: $0) : $0 }
    }

    private static func replace(_ secret: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: secret) {
            result += rest[..<range.lowerBound] + "***"
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    /// As the secret looks inside a JSON string.
    private static func escaped(_ text: String) -> String {
        String(JSON.string(text).text.dropFirst().dropLast())
    }

    /// Walks value and schema together, through the alternatives of `oneOf` and its kin.
    private static func collect(_ value: JSON, _ schema: JSON, into found: inout Set<String>) {
        if schema["airbyte_secret"]?.isTrue == true {
            collectAll(value, into: &found)
            return
        }
        for member in schema["properties"]?.members ?? [] {
            if let inner = value[member.name] { collect(inner, member.value, into: &found) }
        }
        for name in ["oneOf", "anyOf", "allOf"] {
            for alternative in schema[name]?.array ?? [] { collect(value, alternative, into: &found) }
        }
        if let items = schema["items"] {
            for element in value.array ?? [] { collect(element, items, into: &found) }
        }
    }

    private static func collectAll(_ value: JSON, into found: inout Set<String>) {
        switch value {
        case .string(let text), .number(let text): found.insert(text)
        case .array(let elements): elements.forEach { collectAll($0, into: &found) }
        case .object(let members): members.forEach { collectAll($0.value, into: &found) }
        case .null, .boolean: break
        }
    }

    private static func collectByName(_ value: JSON, into found: inout Set<String>) {
        for member in value.members ?? [] {
            let name = member.name.lowercased()
            let isSecret = ["token", "secret", "password", "passphrase", "api_key", "apikey", "private_key"]
                .contains { name.contains($0) }
            if isSecret, case .string(let text) = member.value {
                found.insert(text)
            } else {
                collectByName(member.value, into: &found)
            }
        }
        for element in value.array ?? [] { collectByName(element, into: &found) }
    }
}
