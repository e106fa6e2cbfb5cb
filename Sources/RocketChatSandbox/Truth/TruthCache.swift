/// Canonical texts of messages, kept while their encoded form stays the same: the truth is asked for again and again.
struct TruthCache: Sendable {
    private struct Key: Hashable, Sendable {
        let serial: UInt32
        let user: UserIndex
    }

    // Big workspaces are asked once; keeping their texts would only cost memory.
    private static let mostTexts = 100_000
    private var texts: [Key: (encoded: [UInt8], text: String)] = [:]

    /// The canonical text of an encoded message.
    mutating func text(of encoded: [UInt8], serial: UInt32, user: UserIndex) -> String {
        let key = Key(serial: serial, user: user)
        if let known = texts[key], known.encoded == encoded { return known.text }
        let text = CanonicalJSON.text(JSONParser.parse(encoded) ?? .null)
        if texts.count < Self.mostTexts { texts[key] = (encoded, text) }
        return text
    }
}
