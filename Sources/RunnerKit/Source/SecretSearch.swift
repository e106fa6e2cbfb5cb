import JSONBytes

/// Finds the secrets in a configuration.
struct SecretSearch {
    /// What it has found.
    private(set) var found: Set<String> = []

    /// Collects what the specification marks `airbyte_secret`, and what is named like a secret or stands as a password
    /// in an address. Without a specification also what merely looks like a key: better too much is hidden than
    /// something shown.
    init(_ configuration: JSON, specification: JSON?) {
        if let specification { collect(configuration, specification) }
        collect(configuration, hidesKeys: specification == nil)
    }

    /// Words in the names of secrets, without case and separators.
    private static let words = [
        "token", "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "accesskey", "secretkey",
        "credential", "authorization", "cookie", "signature", "bearer",
    ]

    /// Whether a member of this name is a secret.
    static func isSecret(_ name: String) -> Bool {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return ["pwd", "pat", "auth"].contains(plain) || words.contains { plain.contains($0) }
    }

    /// Walks value and schema together, through the alternatives of `oneOf` and its kin.
    private mutating func collect(_ value: JSON, _ schema: JSON) {
        if schema["airbyte_secret"]?.boolean == true { return collectAll(value) }
        for member in schema["properties"]?.members ?? [] {
            if let inner = value[member.name] { collect(inner, member.value) }
        }
        for name in ["oneOf", "anyOf", "allOf"] {
            for alternative in schema[name]?.array ?? [] { collect(value, alternative) }
        }
        if let items = schema["items"] {
            for element in value.array ?? [] { collect(element, items) }
        }
    }

    private mutating func collectAll(_ value: JSON) {
        switch value {
        case .string(let text), .number(let text): found.insert(text)
        case .array(let elements): elements.forEach { collectAll($0) }
        case .object(let members): members.forEach { collectAll($0.value) }
        case .null, .boolean: break
        }
    }

    private mutating func collect(_ value: JSON, hidesKeys: Bool) {
        switch value {
        case .object(let members):
            for member in members {
                if Self.isSecret(member.name), member.value.members == nil {
                    collectAll(member.value)
                } else {
                    collect(member.value, hidesKeys: hidesKeys)
                }
            }
        case .array(let elements): elements.forEach { collect($0, hidesKeys: hidesKeys) }
        case .string(let text):
            if let password = Self.password(in: text) { found.insert(password) }
            if hidesKeys, Self.looksLikeKey(text) { found.insert(text) }
        case .null, .boolean, .number: break
        }
    }

    /// The password of `scheme://user:password@host`.
    private static func password(in address: String) -> String? {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        let authority = address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else {
            return nil
        }
        return String(authority[authority.index(after: colon)..<at])
    }

    /// Long, of one piece, with letters and digits, and no address or date.
    private static func looksLikeKey(_ text: String) -> Bool {
        text.utf8.count >= 16 && !text.contains { $0.isWhitespace || $0 == "@" } && !text.contains("://")
            && text.contains { $0.isLetter } && text.contains { $0.isNumber } && !text.hasPrefix("20")
    }
}
