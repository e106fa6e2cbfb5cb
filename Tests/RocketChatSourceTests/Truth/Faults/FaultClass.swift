/// Faults that mean the same to whoever reads a list.
enum FaultClass: String, CaseIterable, Sendable {
    /// Words of something else than Rocket.Chat, or an answer that does not hold what it must.
    case otherAnswer
    /// No answer, or none but that the server or a gateway is out of order.
    case noAnswer
    /// Rocket.Chat's own word that something failed inside it, or a word that is no known refusal.
    case serverFailure
    /// A refusal that Rocket.Chat is known to use.
    case refusal
    /// The rate limit, as the server means it.
    case rateLimit
    /// A wait that is longer than anybody waits.
    case absurdWait
    /// Counts, cursors and pages that contradict each other.
    case contradiction
    /// Rows of another room than the one asked for.
    case foreignRows
    /// A list that is suddenly empty, and says so.
    case emptied
    /// Clocks that tell another time.
    case wrongClock
}

/// Streams to which a fault means the same.
enum StreamKind: String, CaseIterable, Sendable {
    /// One listing.
    case listing
    /// One listing that is never empty.
    case fullListing
    /// A listing with others behind it, which show less.
    case layered
    /// A feed of changes and removals.
    case feed
    /// A listing that is read newest first.
    case newestFirst
    /// A listing for each room.
    case parts
    /// The messages of each room.
    case messages
    /// A listing besides the main one: the one that adds rows, or the one by which rooms are found.
    case further
    /// `/api/info`.
    case root
    /// Who the token is and what it may do.
    case account
}

/// When a fault strikes.
enum FaultStage: String, CaseIterable, Sendable {
    case first
    case increment
    case fullRefresh
}

/// How a stream, or a run that could not begin, ends.
enum Outcome: Sendable, Equatable {
    /// COMPLETE, exit code 0. Where the copy is not the truth yet, a warning names the stream.
    case complete
    /// INCOMPLETE, exit code 1, `transient_error`.
    case transient
    /// INCOMPLETE, exit code 1, `config_error`.
    case config
}

extension FaultClass {
    /// Whether the request is tried again for so long that the fault may pass.
    var isTriedAgain: Bool {
        switch self {
        case .otherAnswer, .noAnswer, .rateLimit, .foreignRows: true
        case .serverFailure, .refusal, .absurdWait, .contradiction, .emptied, .wrongClock: false
        }
    }

    /// How a stream of this kind ends that is struck for half a minute, or for the whole run.
    func outcome(_ kind: StreamKind, _ stage: FaultStage, lasts: Bool) -> Outcome {
        switch self {
        // At first sight the address may be wrong; with a state it has worked before.
        case .otherAnswer where kind == .root && stage != .increment: .config
        case .otherAnswer, .noAnswer: lasts ? .transient : .complete
        case .serverFailure: kind == .root && stage != .increment ? .config : .transient
        case .refusal: refusal(kind, stage)
        case .rateLimit: lasts ? .transient : .complete
        case .absurdWait: .transient
        case .contradiction, .wrongClock: .complete
        case .foreignRows: lasts ? .transient : .complete
        case .emptied: lasts && [.fullListing, .feed, .account].contains(kind) ? .transient : .complete
        }
    }

    /// What the error says, one of these.
    var words: [String] {
        switch self {
        case .otherAnswer: ["was answered", "is redirected"]
        case .noAnswer: ["was answered", "got no answer"]
        case .serverFailure: ["The server failed over this request", "is not the root of a Rocket.Chat API"]
        case .refusal: ["may not read this", "is not the root of a Rocket.Chat API", "If it goes on"]
        case .rateLimit: ["may be using up the limit"]
        case .absurdWait: ["longer than this waits"]
        case .foreignRows: ["of another room"]
        case .emptied: ["lists nothing, which cannot be", "does not have the expected members"]
        case .contradiction, .wrongClock: []
        }
    }

    private func refusal(_ kind: StreamKind, _ stage: FaultStage) -> Outcome {
        switch kind {
        case .layered, .parts, .messages, .further: .complete
        case .listing, .fullListing, .feed, .newestFirst, .account: .config
        case .root: stage == .increment ? .transient : .config
        }
    }
}
