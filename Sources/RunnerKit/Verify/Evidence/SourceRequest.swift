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
    /// Whether it gets the configuration that the verification was given, so that what it says of it holds.
    var hasGivenConfiguration = true
    /// Whether an earlier read has told STREAM_STATUSes, so that they are to be expected.
    var hasToldStatuses = false
    /// Whether its standard input is a pipe that nobody writes to, as at a terminal, and not empty.
    var hasOpenInput = false
    /// Environment variables beside the ones that it inherits, `NAME=VALUE`.
    var environment: [String] = []
    /// Milliseconds without a sign of life after which it is ended.
    var silence: Int64

    /// The same with a configuration that is not the one to verify with.
    var withOtherConfiguration: SourceRequest {
        var other = self
        other.hasGivenConfiguration = false
        return other
    }

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
