package import AirbyteProtocol
package import RocketChatAPI

/// Why a stream could not be read to its end.
package enum ReadError: Error, Sendable {
    /// The server or the way to it.
    case api(APIError)
    /// Standard output.
    case output(OutputError)
    /// The saved state.
    case state(StateError)
    /// Parts of the stream could not be read; the rest was.
    case parts(PartialFailure)
    /// The run was told to stop.
    case cancelled

    /// The failure for TRACE ERROR of `stream`; nil when nothing is to be said (output closed, cancelled). `obstacle` is what
    /// is known to keep the token from the stream.
    package func trace(stream: String, obstacle: String? = nil) -> TraceError? {
        switch self {
        case .api(let error):
            if error.kind == .cancelled { return nil }
            let reason = error.concernsRequest ? obstacle.map { " " + $0 } ?? "" : ""
            return TraceError(message: error.message + reason, failureType: FailureType(for: error), stream: stream)
        case .parts(let failure):
            return TraceError(
                message: failure.message(stream: stream), failureType: FailureType(for: failure.first), stream: stream)
        case .state(let error):
            return TraceError(message: error.message(stream: stream), failureType: .config, stream: stream)
        case .output, .cancelled: return nil
        }
    }
}

extension APIError {
    /// Whether the server is right to say no to this request, so that another one may serve: it refuses it, lacks the route or does
    /// not take the parameters.
    var concernsRequest: Bool { kind == .refused || kind == .unavailable || kind == .invalidRequest }
}
