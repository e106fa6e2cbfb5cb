import JSONBytes

/// Makes text fit for people, for logs and for databases: terminal sequences and control characters go, the secrets of the
/// configuration become `***`, and where a limit is given the length is bounded. All that the connector and the runner say
/// or note of others goes through here.
package struct Redactor: Sendable {
    /// UTF-8, longest first, so that a secret that contains another is hidden whole.
    private let secrets: [[UInt8]]
    /// The bytes with which a secret begins, written in whatever way.
    private let beginnings: [Bool]

    /// Hides these texts and, since a key of many lines is printed line by line, their longer lines. Texts under three
    /// characters are no secrets: masking them would garble everything.
    package init(_ secrets: Set<String> = []) {
        var forms: Set<ExactText> = []
        for secret in secrets.map(PlainText.of) {
            let whole = secret.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            let lines = secret.split(whereSeparator: \.isNewline).map(String.init).filter { $0.utf8.count >= 8 }
            for form in [secret, String(whole)] + lines where form.utf8.count >= 3 { forms.insert(ExactText(form)) }
        }
        self.secrets = forms.map { Array($0.text.utf8) }.sorted { $0.count > $1.count }
        var beginnings = [Bool](repeating: false, count: 256)
        for secret in self.secrets {
            // As it is, or escaped.
            for byte in [secret[0], UInt8(ascii: "%"), UInt8(ascii: "\\")] { beginnings[Int(byte)] = true }
            if secret[0] == UInt8(ascii: " ") { beginnings[Int(UInt8(ascii: "+"))] = true }
        }
        self.beginnings = beginnings
    }

    /// `text` as it may be shown, of more than `limit` bytes the beginning. Its lines are joined by `lineBreak`, so that no text
    /// of a source can pass as a line of the runner. Of a text that `isCut` the beginning of a secret at its end goes, too.
    package func callAsFunction(
        _ text: String, lineBreak: String = " ", isCut: Bool = false, limit: Int = .max
    ) -> String {
        let plain = hide(in: PlainText.of(text), isCut: isCut)
        guard plain.utf8.contains(0x0A) else { return Self.cut(plain, at: limit) }
        return Self.cut(plain.split(separator: "\n").joined(separator: lineBreak), at: limit)
    }

    /// Cut behind the secrets: half of one would be shown otherwise.
    private static func cut(_ text: String, at limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil { text.utf8.formIndex(before: &end) }
        return String(text[..<end]) + "…"
    }

    private func hide(in text: String, isCut: Bool) -> String {
        guard !secrets.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if beginnings[Int(bytes[index])],
                let end = secrets.lazy.compactMap({ SecretMatch.end(of: $0, in: bytes, at: index, isCut: isCut) }).first
            {
                shown += "***".utf8
                index = end
            } else {
                shown.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }
}
