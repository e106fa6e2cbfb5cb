/// A fault to inject into answers, until it has been used up or is lifted.
package struct Fault: Sendable {
    /// What goes wrong.
    package enum Kind: Sendable, Hashable {
        /// 429 with the limiter's text and headers; the reset lies that many milliseconds ahead.
        case rateLimited(milliseconds: Int64)
        /// 500 with the text `Internal Server Error`.
        case internalError
        /// 502 with a proxy's HTML page.
        case badGateway
        /// 503 with a proxy's HTML page.
        case unavailable
        /// The true answer, its body spread over that many milliseconds.
        case slow(milliseconds: Int)
        /// The true answer, cut off after that many bytes of its body.
        case truncated(after: Int)
        /// 200 with no body at all.
        case empty
        /// 200 with `{"success":false}`.
        case unsuccessful
        /// 200 with JSON that stops in the middle, its length declared as such.
        case brokenJSON
        /// 200 with a web page.
        case webPage
        /// 302 to the given absolute URL; the request's path and query are appended.
        case redirect(to: String)
        /// The connection ends without an answer.
        case dropped
        /// The server goes down for that many milliseconds: every connection is refused.
        case restart(milliseconds: Int64)
        /// 401, as if the token had been revoked.
        case unauthorized
        /// 400 with this error code, as `error-not-allowed` or `error-room-not-found`.
        case refused(code: String)
        /// 403 with `unauthorized`.
        case forbidden
        /// Any answer at all in place of the true one, which is never made.
        case answered(Reply)
        /// The true answer with its JSON changed in this order; an answer that is no JSON object stays as it is.
        case edited([AnswerEdit])
        /// The request reaches the server with this parameter set to `value`, or without it: a page again, rows of another
        /// room, a `count` that is capped.
        case asked(parameter: String, value: String?)
        /// The `Date` header lies that many milliseconds off the clock (ahead when positive), or is absent. Only the header:
        /// stamps in the data stay true. Strikes next to any other fault, as the clock of the answering node would.
        case dated(by: Int64?)
    }

    /// What goes wrong.
    package var kind: Kind
    /// The route it strikes, as `chat.syncMessages`; nil strikes every API route.
    package var route: String?
    /// Text the query must contain, as a room id; nil strikes every query.
    package var queryContains: String?
    /// Matching requests to let pass first.
    package var skip: Int
    /// Matching requests to strike; nil for ever.
    package var count: Int?
    /// Strikes every n-th matching request only: 2 is one node of two. The first `every - 1` pass.
    package var every: Int
    /// Chance that a matching request is struck, drawn from the seed.
    package var probability: Double

    /// A fault that strikes `count` requests of `route`.
    package init(
        _ kind: Kind, route: String? = nil, queryContains: String? = nil, skip: Int = 0, count: Int? = 1,
        every: Int = 1, probability: Double = 1
    ) {
        self.kind = kind
        self.route = route
        self.queryContains = queryContains
        self.skip = skip
        self.count = count
        self.every = every
        self.probability = probability
    }
}

/// An answer of a test's making.
package struct Reply: Sendable, Hashable {
    /// The status code.
    package var status: Int
    /// The media type; empty sends no `Content-Type`.
    package var contentType: String
    /// Further header fields by name.
    package var headers: [String: String]
    /// The body.
    package var body: String
    /// Whether it carries the headers that only the server itself sends, `X-Instance-ID` among them. A gateway's does not.
    package var isTheServers: Bool

    /// An answer; JSON with 200 and a gateway's unless told otherwise.
    package init(
        _ body: String, status: Int = 200, contentType: String = "application/json", headers: [String: String] = [:],
        isTheServers: Bool = false
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
        self.isTheServers = isTheServers
    }
}

/// A change of a true answer. Paths are dotted, as `result.updated`; a path that leads nowhere changes nothing but in `set`.
package enum AnswerEdit: Sendable, Hashable {
    /// A member becomes this JSON text, and comes into being where its parent is an object.
    case set(String, json: String)
    /// A member goes.
    case remove(String)
    /// A member takes another name within the same object.
    case rename(String, to: String)
    /// A list keeps its first elements.
    case shorten(String, to: Int)
    /// A list loses its elements that hold this text anywhere.
    case drop(String, holding: String)
    /// A member becomes the text of a parameter of the request, or null when that was not sent: a cursor that stays.
    case echo(String, parameter: String)
}
