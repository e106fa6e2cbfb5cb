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
    case parts(failed: Int, of: Int, first: APIError)
    /// The run was told to stop.
    case cancelled

    /// The failure for TRACE ERROR of `stream`; nil when nothing is to be said (output closed, cancelled).
    package func trace(stream: String) -> TraceError? {
        switch self {
        case .api(let error):
            if error.kind == .cancelled { return nil }
            return TraceError(message: error.message, failureType: Self.type(of: error), stream: stream)
        case .parts(let failed, let all, let first):
            return TraceError(
                message: "\(failed) of \(all) parts of stream '\(stream)' could not be read; the others were. "
                    + "The next sync tries them again. First failure: \(first.message)",
                failureType: Self.type(of: first), stream: stream)
        case .state(let error):
            return TraceError(message: error.message(stream: stream), failureType: .config, stream: stream)
        case .output, .cancelled: return nil
        }
    }

    private static func type(of error: APIError) -> FailureType {
        switch error.kind {
        case .configuration, .refused, .unavailable: .config
        case .transient, .tooLarge, .cancelled: .transient
        case .invalidRequest: .system
        }
    }
}
