import AirbyteProtocol
import JSONBytes

/// What a source has said a stream will cost.
struct StreamForecast: Equatable {
    /// Whose forecast it is.
    let stream: StreamKey
    /// Rows of this sync; nil when nobody knows.
    var rows: Int?
    /// Bytes of this sync; nil when nobody knows.
    var bytes: Int?
    /// Requests to the source's server.
    var requests: Int?
    /// How long the server's pace makes it, in ms.
    var duration: Int64?
    /// What the source adds about it, a sentence with its full stop.
    var advice: String?
    /// How many parts (rooms, teams) have been read.
    var parts: Parts?

    /// Parts that have been read, of all, at a moment (monotonic ms).
    struct Parts: Equatable {
        /// Read so far.
        let done: Int
        /// All there are.
        let all: Int
        /// When it was said.
        var at: Int64 = 0
    }

    /// Nothing known yet.
    init(_ stream: StreamKey) { self.stream = stream }
}

/// The protocol's own word.
extension StreamForecast {
    /// Reads a TRACE payload; nil when it is no estimate of one stream.
    init?(trace: JSON) {
        guard trace["type"]?.string == "ESTIMATE", let estimate = trace["estimate"],
            estimate["type"]?.string ?? "STREAM" == "STREAM", let stream = StreamKey(estimate)
        else { return nil }
        self.init(stream)
        rows = estimate["row_estimate"]?.integer.map { Int($0) }
        bytes = estimate["byte_estimate"]?.integer.map { Int($0) }
    }
}

/// The words of the connector beside this runner. The protocol has no place for requests and time, so that connectors tell
/// them in their log: `Stream 'messages': about 1307 rows in 24 requests; … that takes about 2 min. A token …`, and later
/// `Stream 'messages': 12 of 24 parts read, about 60 s to go.`
extension StreamForecast {
    /// Reads a line of the log; nil when it tells nothing of the kind.
    init?(log text: String) {
        let words = text.split(separator: " ")
        guard words.count > 4, words[0] == "Stream", let name = Self.name(words[1]) else { return nil }
        self.init(StreamKey(name))
        if words[2] == "about" {
            rows = Self.number(before: "rows", in: words) ?? Self.number(before: "records", in: words)
            requests = Self.number(before: "requests", in: words)
            duration = Self.duration(words)
            let sentences = text.split(separator: ".", maxSplits: 1)
            let rest = sentences.count > 1 ? String(sentences[1].drop { $0 == " " }) : ""
            advice = rest.isEmpty ? nil : rest
            guard rows != nil || requests != nil else { return nil }
        } else {
            guard words.count > 6, let done = Int(words[2]), words[3] == "of", let all = Int(words[4]), all > 0,
                words[5] == "parts"
            else { return nil }
            parts = Parts(done: done, all: all)
        }
    }

    /// `'messages':` without its quotes and its colon.
    private static func name(_ word: Substring) -> String? {
        guard word.hasPrefix("'"), word.hasSuffix("':"), word.count > 3 else { return nil }
        return String(word.dropFirst().dropLast(2))
    }

    private static func number(before unit: String, in words: [Substring]) -> Int? {
        words.indices.dropFirst().first { words[$0].hasPrefix(unit) }.flatMap { Int(words[$0 - 1]) }
    }

    /// After `takes about`, in ms.
    private static func duration(_ words: [Substring]) -> Int64? {
        guard let place = words.firstIndex(of: "takes"), place + 3 < words.count, words[place + 1] == "about",
            let value = Int64(words[place + 2]), value < 1_000_000
        else { return nil }
        switch words[place + 3].prefix(while: \.isLetter) {
        case "s": return value * 1000
        case "min": return value * 60_000
        case "h": return value * 3_600_000
        default: return nil
        }
    }
}
