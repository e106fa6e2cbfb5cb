import JSONBytes

/// Reads typed values out of a configuration object; null counts as absent, texts are trimmed. So do the values that forms leave
/// in the place of a setting that was cleared: an empty text, an empty list, a list of empty texts.
struct ConfigurationReader {
    /// The object that is read.
    let members: [String: JSON]

    /// The text under `key`; nil when absent, null or blank.
    func text(_ key: String) throws(ConfigurationError) -> String? {
        switch members[key] {
        case nil, .null, .array([]): return nil
        case .string(let text):
            let trimmed = text.trimmed
            return trimmed.isEmpty ? nil : trimmed
        default: throw ConfigurationError("'\(key)' in the configuration must be a text.")
        }
    }

    /// The text under `key`, which must be there.
    func requiredText(_ key: String) throws(ConfigurationError) -> String {
        guard let text = try text(key) else {
            throw ConfigurationError("The configuration lacks '\(key)'. It needs endpoint, token and user_id.")
        }
        return text
    }

    /// The whole number under `key`, within `range`.
    func integer(_ key: String, default fallback: Int, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
        guard let value = members[key], !value.isCleared else { return fallback }
        guard let number = value.integer ?? value.string.flatMap({ Int64($0.trimmed) }),
            let count = Int(exactly: number),
            range.contains(count)
        else {
            throw ConfigurationError(
                "'\(key)' in the configuration must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return count
    }

    /// The texts listed under `key`; empty when absent. With `allowed`, nothing else may stand there.
    func texts(_ key: String, within place: String, allowed: [String]? = nil) throws(ConfigurationError) -> [String] {
        guard let value = members[key], !value.isCleared else { return [] }
        let list = value.array ?? [value]
        var texts: [String] = []
        for element in list {
            guard case .string(let text) = element else {
                throw ConfigurationError("'\(key)' in \(place) must be a list of texts.")
            }
            if element.isCleared { continue }
            if let allowed, !allowed.contains(text) {
                throw ConfigurationError(
                    "'\(key)' in \(place) holds '\(text)' but knows only \(allowed.joined(separator: ", ")).")
            }
            texts.append(text)
        }
        return texts
    }

    /// The object under `key` as a reader of its own; empty when absent.
    func object(_ key: String) throws(ConfigurationError) -> ConfigurationReader {
        guard let value = members[key], !value.isCleared else { return ConfigurationReader(members: [:]) }
        guard let members = value.dictionary else {
            throw ConfigurationError("'\(key)' in the configuration must be an object.")
        }
        return ConfigurationReader(members: members)
    }

    /// Keys that are not among `known`, in order. Runners put settings of their own into the file, marked by underscores.
    func unknownKeys(besides known: Set<String>) -> [String] {
        members.keys.filter { !known.contains($0) && !$0.hasPrefix("__") }.sorted()
    }

    /// The instant under `key` in Unix ms: `2025-01-31` or `2025-01-31T12:00:00Z`.
    func instant(_ key: String) throws(ConfigurationError) -> Int64? {
        guard let text = try text(key) else { return nil }
        let full = text.utf8.count == 10 ? text + "T00:00:00Z" : text
        guard let instant = Timestamp.milliseconds(full) else {
            throw ConfigurationError("'\(key)' is '\(text)' but must look like 2025-01-31 or 2025-01-31T00:00:00Z.")
        }
        return instant
    }
}

extension JSON {
    /// The first text with a `${env:NAME}` in it, by its path: something that was to be replaced before the connector was
    /// started.
    func unreplacedPlaceholder(_ path: String = "") -> (path: String, placeholder: String)? {
        switch self {
        case .string(let text):
            guard let start = text.firstRange(of: "${env:"), let end = text[start.upperBound...].firstIndex(of: "}")
            else { return nil }
            return (path, String(text[start.lowerBound...end]))
        case .array(let elements):
            return elements.lazy.compactMap { $0.unreplacedPlaceholder(path) }.first
        case .object(let members):
            return members.lazy.compactMap { member in
                member.value.unreplacedPlaceholder(path.isEmpty ? member.name : path + "." + member.name)
            }.first
        case .null, .boolean, .number: return nil
        }
    }

    /// Whether a form leaves this where a setting was cleared.
    fileprivate var isCleared: Bool {
        switch self {
        case .null: true
        case .string(let text): text.trimmed.isEmpty
        case .array(let elements): elements.allSatisfy(\.isCleared)
        case .boolean, .number, .object: false
        }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
