/// One call of a route by an authenticated user.
struct Call: Sendable {
    /// The decoded query.
    let query: QueryParameters
    /// Values of the parts of the path that begin with a colon in the pattern.
    var path: [String: String] = [:]
    /// What was sent in the body; empty for reads.
    var body = RequestBody()
    /// The calling user, or nobody.
    var user = UserIndex.nobody
    /// The token that was sent.
    var token: String?
    /// The server's time, Unix milliseconds.
    let now: Int64
    /// The release that is played.
    let version: Version

    /// A date parameter; nil when missing, and `refusal` when it is no date.
    func date(_ name: String, else refusal: Refusal) throws(Refusal) -> Int64? {
        guard let text = query.filled(name) else { return nil }
        guard let time = ISODate.parse(text) else { throw refusal }
        return time
    }
}

/// Answers a call with the body of a 200.
typealias Handler = @Sendable (inout Workspace, Call) throws(Refusal) -> [UInt8]
