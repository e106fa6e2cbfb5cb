/// An answer other than 200, in the server's words (rocket-chat-api.md §1.2).
struct Refusal: Error {
    /// The status code.
    let status: Int
    /// The media type of the body.
    var contentType = "application/json"
    /// The body.
    let body: [UInt8]
    /// Further header fields.
    var headers: [(String, String)] = []

    /// A JSON answer.
    init(_ status: Int, _ body: JSON) {
        self.status = status
        self.body = JSONBuffer.encode(body)
    }

    /// An answer of text or HTML.
    init(_ status: Int, text: String, contentType: String) {
        self.status = status
        self.contentType = contentType
        body = Array(text.utf8)
    }

    /// 401 for missing or wrong credentials: Restivus' shape up to 7.2, both shapes at once up to 8.x, then one.
    static func unauthorized(_ version: Version) -> Refusal {
        let text: JSON = "You must be logged in to do this."
        if version < Version(7, 3) { return Refusal(401, ["status": "error", "message": text]) }
        if version >= Version(9, 0) { return Refusal(401, ["success": false, "error": text]) }
        return Refusal(401, ["success": false, "error": text, "status": "error", "message": text])
    }

    /// 403 of a route whose permission the caller lacks.
    static let permission = Refusal(
        403,
        [
            "success": false,
            "error": "User does not have the permissions required for this action [error-unauthorized]",
        ])

    /// 403 by the handler.
    static let forbidden = Refusal(403, ["success": false, "error": "unauthorized"])

    /// 400 by the handler: a text, sometimes with a type of its own.
    static func failure(_ text: String, type: String? = nil) -> Refusal {
        var body: JSONObject = ["success": false, "error": .string(text)]
        if let type { body["errorType"] = .string(type) }
        return Refusal(400, .object(body))
    }

    /// 400 for a thrown error: the text with the code in brackets, or the brackets alone.
    static func thrown(_ code: String, _ text: String = "", details: JSON? = nil) -> Refusal {
        var body: JSONObject = [
            "success": false, "error": .string(text.isEmpty ? "[\(code)]" : "\(text) [\(code)]"),
            "errorType": .string(code),
        ]
        if let details { body["details"] = details }
        return Refusal(400, .object(body))
    }

    /// 400 for an ordinary error thrown by the handler: its text alone (`API.v1.failure(e.message)`).
    static func error(_ text: String) -> Refusal { .failure(text) }

    /// 400 of a method that the caller may not call.
    static func notAllowed(_ method: String) -> Refusal {
        .thrown("error-not-allowed", "Not allowed", details: ["method": .string(method)])
    }

    /// 400 of typed routes or of the older validation.
    static func parameters(_ message: String, isTyped: Bool) -> Refusal {
        isTyped
            ? Refusal(
                400, ["success": false, "errorType": "error-invalid-params", "error": .string(message)])
            : .thrown("invalid-params", message)
    }

    /// 400 for a thrown error that is its own text and its own code, as some old routes throw it.
    static func thrown(text: String) -> Refusal {
        Refusal(400, ["success": false, "error": .string("[\(text)]"), "errorType": .string(text)])
    }

    /// 400 of the sync and thread methods when the room is closed to the caller or does not exist.
    static let notAllowed = Refusal.thrown("error-not-allowed", "Not allowed", details: ["method": "messages/get"])

    /// What a route that does not exist answers: the web app up to 7.5, text since the router of 7.6.
    static func unknownRoute(_ version: Version) -> Refusal {
        version < Version(7, 6)
            ? Refusal(200, text: WebPage.application, contentType: "text/html; charset=utf-8")
            : Refusal(404, text: "404 Not Found", contentType: "text/plain; charset=UTF-8")
    }

    /// What a known route answers to a method it does not have: a 405 of its own up to 7.3, later as if it did not exist.
    static func wrongMethod(_ version: Version, allowed method: Method) -> Refusal {
        guard version < Version(7, 4) else { return .unknownRoute(version) }
        var refusal = Refusal(405, ["status": "error", "message": "API endpoint does not exist"])
        refusal.headers = [("Allow", method.rawValue)]
        return refusal
    }
}

/// Pages for people, which a client meets in place of JSON.
enum WebPage {
    /// The server's single-page application.
    static let application = """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"><title>Rocket.Chat</title>
        <script type="text/javascript">__meteor_runtime_config__ = JSON.parse(decodeURIComponent("%7B%7D"))</script>
        </head><body><div id="react-root"></div></body></html>
        """
    /// A proxy's page when the server behind it does not answer.
    static func proxyError(_ status: String) -> String {
        "<html>\r\n<head><title>\(status)</title></head>\r\n<body>\r\n<center><h1>\(status)</h1></center>\r\n</body>\r\n</html>\r\n"
    }
}
