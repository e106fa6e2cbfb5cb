import RocketChatAPI

/// Rooms that a sync knows of, and listings of them that could not be read.
struct RoomListing: Sendable {
    /// Every room listed, by id.
    var all: [String: Room] = [:]
    /// The rooms that are to be read, in order of id.
    var readable: [Room] = []
    /// Passing failures of listings: a room that is not here may exist all the same.
    var failures: [APIError] = []
    /// Listings that handed out fewer rooms than the server counts, in sentences.
    var shortages: [String] = []
    /// Whether no listing was refused besides: then a room that is not here is not there for the token.
    var isWhole: Bool { failures.isEmpty && shortages.isEmpty && !hasRefusals }
    /// Whether listings were refused.
    var hasRefusals = false
    /// Whether a listing had no rows at all, which is what a server in trouble gives, too.
    var hasEmptyListings = false
}
