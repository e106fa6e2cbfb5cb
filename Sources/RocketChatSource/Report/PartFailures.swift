import RocketChatAPI

/// Failures of single rooms, teams and the like, and of listings of them: what is told, and when they are too many to go on.
struct PartFailures {
    /// Failures in a row after which the server is taken to be down.
    private static let most = 5

    private let stream: String
    private let parts: Int
    private var failed: [String] = []
    private var listings = 0
    /// The first of the failures, as a sentence for people and as what it was.
    private var first: (what: String?, room: String?, error: APIError)?
    private var inRow = 0

    /// No failures yet of the `parts` parts of `stream`.
    init(stream: String, of parts: Int) {
        self.stream = stream
        self.parts = parts
    }

    /// Notes how a part, named by `what`, ended: refusals are skips, passing failures are counted. `room` is its id if it is a room.
    /// - Throws: the error itself if it ends the stream.
    mutating func note(_ error: ReadError?, what: String, room: String? = nil, report: SyncReport) throws(ReadError) {
        guard let error else {
            inRow = 0
            return
        }
        guard case .api(let cause) = error else { throw error }
        switch cause.kind {
        case .refused, .noRows: report.skip(what, of: stream, because: cause.message)
        case .configuration, .cancelled: throw error
        case .transient, .tooLarge, .unavailable, .invalidRequest:
            failed.append(what)
            first = first ?? (what, room, cause)
            // Words of the server itself show that it is up: one corrupt document after the other must not cost the rest.
            inRow = cause.isOfServer ? 0 : inRow + 1
            if inRow >= Self.most { throw error }
        }
    }

    /// Notes that a listing could not be read: parts may be missing, and none counts as gone.
    mutating func note(listing error: APIError) {
        listings += 1
        first = first ?? (nil, nil, error)
    }

    /// Ends the stream as it deserves.
    /// - Throws: `ReadError.parts` when something failed.
    func conclude() throws(ReadError) {
        guard let first else { return }
        throw .parts(
            PartialFailure(
                failed: failed, of: parts, listings: listings, what: first.what, room: first.room, first: first.error))
    }
}

/// What of a stream could not be read, while the rest was.
package struct PartialFailure: Sendable {
    /// The parts, by what they are called in the report.
    let failed: [String]
    /// How many parts there were.
    let of: Int
    /// Listings of parts that failed.
    let listings: Int
    /// The part that failed first; nil for a listing.
    let what: String?
    /// Its id, if it is a room.
    let room: String?
    /// Its failure.
    let first: APIError

    /// Most parts named in the sentence; all of them are named in the log.
    private static let mostNames = 5

    /// What was tried, what came back, what the user can do.
    func message(stream: String) -> String {
        var text = ""
        if !failed.isEmpty {
            let names = failed.prefix(Self.mostNames).joined(separator: ", ")
            let more = failed.count > Self.mostNames ? " and \(failed.count - Self.mostNames) more" : ""
            text =
                "\(failed.count) of \(of) parts of stream '\(stream)' could not be read: \(names)\(more); the others were. "
        }
        if listings > 0 {
            text +=
                "Stream '\(stream)': \(listings == 1 ? "a listing" : "\(listings) listings") could not be read, so that some "
                + "of its parts may not have been asked; nothing counts as removed for it. "
        }
        text += "The next sync tries again. First failure"
        if let what { text += " (\(what))" }
        text += ": \(first.message)"
        if let id = room {
            text += " If it stays, leave the room out: put \"\(id)\" into `rooms.exclude`."
        }
        return text
    }
}
