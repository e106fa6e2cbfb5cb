import AirbyteProtocol
import JSONBytes

/// What one run of the source has shown.
struct RunEvidence {
    /// What was run, in words, for instance "read (full refresh)".
    let label: String
    /// How the process ended.
    var end = SourceEnd.exited(0)
    /// It was stopped because it had said nothing for too long.
    var fellSilent = false
    /// How many messages of each type came, whether whole or not.
    var messages: [MessageType: Int] = [:]
    /// The payloads of SPEC, CONNECTION_STATUS and CATALOG messages, the first few.
    var answers: [JSON] = []
    /// The messages of TRACE ERRORs, the first few.
    var errors: [String] = []
    /// The first TRACE ERROR, by which platforms go.
    var firstError: TraceError?
    /// How many LOGs of the levels ERROR and FATAL came.
    var errorLogs = 0
    /// How many bytes came on standard error.
    var errorBytes = 0
    /// The last line of standard error.
    var lastWords = ""
    /// A configuration that the source wants to be kept; nil when it sent none.
    var configuration: JSON?
    /// Whether it told any STREAM_STATUS.
    var tellsStatuses = false
    /// The streams of a read, in the order of the configured catalog.
    var streams: [StreamWatch] = []
    /// STATEs about all streams (GLOBAL, LEGACY).
    var samples = StateSamples()
    /// What was found of the rules that hold for every run.
    var findings = Findings()

    /// Whether the source says that all went well.
    var succeeded: Bool { end == .exited(0) && !fellSilent }

    /// How many records came.
    var records: Int { streams.reduce(0) { $0 + $1.records } }

    /// How it ended and why, for people.
    var ending: String {
        let end =
            switch end {
            case .exited(let code): "exit code \(code)"
            case .signaled(let number): "signal \(number)"
            }
        let why = errors.first ?? lastWords
        return fellSilent ? "silence" : why.isEmpty ? end : "\(end), \"\(String(why.prefix(300)))\""
    }

    /// What was found of one stream; nil when it was not asked for.
    subscript(key: StreamKey) -> StreamWatch? { streams.first { $0.key == key } }
}
