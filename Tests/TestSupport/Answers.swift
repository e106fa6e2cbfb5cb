package import RocketChatAPI

extension HTTPResponse {
    /// An answer with a JSON body.
    package static func json(
        _ body: String, status: Int = 200, headers: [(String, String)] = []
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: HTTPHeaders([("Content-Type", "application/json")] + headers),
            body: Array(body.utf8))
    }

    /// An answer with a web page, as a proxy or an old server gives it.
    package static func page(title: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: HTTPHeaders([("Content-Type", "text/html; charset=utf-8")]),
            body: Array("<!DOCTYPE html><html><head><title>\(title)</title></head><body>…</body></html>".utf8))
    }

    /// An answer with plain text.
    package static func text(_ body: String, status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: HTTPHeaders([("Content-Type", "text/plain")]), body: Array(body.utf8))
    }
}
