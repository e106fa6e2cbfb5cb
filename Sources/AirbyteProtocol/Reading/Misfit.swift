/// What a file holds that should hold JSON and does not: the usual mix-ups, each with the way out.
package enum Misfit: Sendable, Hashable {
    /// Nothing but white space.
    case empty
    /// Text in two bytes a character, as some editors of Windows save it.
    case utf16
    /// The other notation for configurations.
    case yaml
    /// A web page, or XML.
    case markup
    /// An address where the content should be.
    case address
    /// Quotes as word processors set them.
    case typographicQuotes

    /// Recognises one in bytes that are not JSON; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(4).contains(0) {
            self = .utf16
            return
        }
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
            .map { $0.drop { $0.isWhitespace || $0 == "\u{FEFF}" } }.filter { !$0.isEmpty }
        guard let first = lines.first else {
            self = .empty
            return
        }
        if first.hasPrefix("<") {
            self = .markup
        } else if first.hasPrefix("http://") || first.hasPrefix("https://") {
            self = .address
        } else if first.hasPrefix("---") || first.hasPrefix("#") || Self.isEntry(first) {
            self = .yaml
        } else if first.hasPrefix("{"), text.contains("\u{201C}") || text.contains("\u{201D}") {
            self = .typographicQuotes
        } else {
            return nil
        }
    }

    /// `key: value` or `key:`, with a key that JSON would have put in quotes.
    private static func isEntry(_ line: Substring) -> Bool {
        let key = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
        let rest = line[key.endIndex...]
        return !key.isEmpty && (rest == ":" || rest.hasPrefix(": "))
    }

    /// What it is and what to do; goes behind the name of the file.
    package var sentence: String {
        switch self {
        case .empty: "is empty: it has to hold a JSON object, beginning with {"
        case .utf16: "is UTF-16 text: save it as UTF-8"
        case .yaml:
            #"is YAML: it has to be JSON, as in {"key": "value"}; `yq -o=json . FILE` converts it"#
        case .markup: "is a web page or XML: it has to be JSON, beginning with {"
        case .address: "holds an address alone: it has to be a JSON object with the settings, the address among them"
        case .typographicQuotes: "has typographic quotes: JSON wants the plain ones (\")"
        }
    }
}
