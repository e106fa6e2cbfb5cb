import RocketChatAPI

/// Failures of single rooms, teams and the like: what is told, and when they are too many to go on.
struct RoomFailures {
    /// Failures in a row after which the server is taken to be down.
    private static let most = 5

    /// Parts that failed and are tried again by the next sync.
    private(set) var count = 0
    /// The first of the failures.
    private(set) var first: APIError?
    private var inRow = 0

    /// Notes how a part, named by `what`, ended: refusals are skips, passing failures are counted.
    /// - Throws: the error itself if it ends the stream.
    mutating func note(
        _ error: ReadError?, what: String, stream: String, report: SyncReport
    ) throws(ReadError) {
        guard let error else {
            inRow = 0
            return
        }
        guard case .api(let cause) = error else { throw error }
        switch cause.kind {
        case .refused: report.skip(what, of: stream, because: cause.message)
        case .configuration, .cancelled: throw error
        case .transient, .tooLarge, .unavailable, .invalidRequest:
            count += 1
            inRow += 1
            first = first ?? cause
            if inRow >= Self.most { throw error }
        }
    }
}
