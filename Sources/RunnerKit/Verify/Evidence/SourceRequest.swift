import AirbyteProtocol

/// One run of the source that a verification wants.
struct SourceRequest {
    /// What is run, in words, for instance "read (full refresh)".
    var label: String
    /// The verb, which tells what may come.
    var verb: String
    /// All words behind the source's command.
    var arguments: [String]
    /// The streams of a read.
    var streams: [StreamRequest] = []
    /// Whether the source is asked for something that it has to refuse.
    var expectsFailure = false
    /// Milliseconds without a sign of life after which it is ended.
    var silence: Int64

    /// The messages that are the verb's own, and those that any verb may send.
    var types: Set<MessageType> {
        let own: Set<MessageType> =
            switch verb {
            case "spec": [.spec]
            case "check": [.connectionStatus]
            case "discover": [.catalog]
            default: [.record, .state]
            }
        return own.union([.log, .trace, .control])
    }
}
