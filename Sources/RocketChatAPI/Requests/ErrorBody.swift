import JSONBytes

/// What an answer's body tells about a failure.
///
/// Servers identify an error by `errorType`, else by a `[code]` at the end of `error`, else by the bare text; refusals
/// of the old router carry `message` and `status` instead.
struct ErrorBody: Sendable, Equatable {
    /// What the body is made of.
    enum Form: Sendable, Equatable {
        /// A JSON object.
        case object
        /// Another JSON value, or text that begins like one.
        case text
        /// A web page.
        case page
        /// Nothing at all.
        case empty
    }

    /// What the body is made of.
    var form: Form
    /// `success`, if it is there.
    var success: Bool?
    /// `errorType`, else the `[code]` at the end of the text.
    var code: String?
    /// `error`, else `message`, of an object; the title of a page; the beginning of a text that is no JSON. One line, at most 200
    /// characters.
    var text: String?

    // Error bodies are a few hundred bytes; a success body that is looked at by mistake may be large.
    private static let limit = 64 << 10

    /// Reads the body of `response`.
    init(_ response: HTTPResponse) {
        let body = response.body
        guard let first = body.first(where: { $0 > 0x20 }) else {
            self.init(form: .empty)
            return
        }
        let isHTML = response.headers["Content-Type"]?.lowercased().contains("html") ?? false
        if first == UInt8(ascii: "<") || (isHTML && first != UInt8(ascii: "{")) {
            self.init(form: .page, text: Self.title(body))
        } else if first == UInt8(ascii: "{"), body.count <= Self.limit,
            let members = try? JSON(parsing: body)
        {
            let text = members["error"]?.string ?? members["message"]?.string
            self.init(
                form: .object, success: members["success"]?.boolean,
                code: members["errorType"]?.string ?? text.flatMap(Self.suffix), text: text?.excerpt())
        } else {
            // What begins like JSON, behind a byte order mark perhaps, may hold rows: what people wrote is not for a log.
            let mayHoldRows = body.prefix(8).contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
            self.init(
                form: .text, text: mayHoldRows ? nil : String(decoding: body.prefix(400), as: UTF8.self).excerpt())
        }
    }

    /// Creates a body from its parts.
    init(form: Form, success: Bool? = nil, code: String? = nil, text: String? = nil) {
        self.form = form
        self.success = success
        self.code = code
        self.text = text
    }

    /// Whether these are words of Rocket.Chat, which says `success: false` in JSON; a gateway's objects have other members.
    var isOfServer: Bool { form == .object && success == false }

    /// The words that quote the body in a message, with a leading space; empty when there is nothing to quote.
    var quotation: String {
        switch (form, text) {
        case (.page, let title?): " with a web page titled “\(title)”"
        case (.page, nil): " with a web page"
        case (.empty, _): " with an empty body"
        case (_, let text?) where !text.isEmpty: ": “\(text)”"
        default: ""
        }
    }

    // The code of "Some text [error-some-code]".
    private static func suffix(_ text: String) -> String? {
        guard text.hasSuffix("]"), let open = text.lastIndex(of: "[") else { return nil }
        let code = text[text.index(after: open)...].dropLast()
        return code.isEmpty || code.contains(" ") ? nil : String(code)
    }

    private static func title(_ body: [UInt8]) -> String? {
        let start = String(decoding: body.prefix(4096), as: UTF8.self)
        guard let open = start.firstRange(of: "<title>") ?? start.firstRange(of: "<TITLE>") else { return nil }
        let title = String(start[open.upperBound...].prefix { $0 != "<" }).excerpt(60)
        return title.isEmpty ? nil : title
    }
}
