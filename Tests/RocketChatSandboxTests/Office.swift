@testable import RocketChatSandbox

/// A small sandbox with a manual clock, and short ways to ask it.
struct Office {
    /// Noon of 2026-11-22, Unix milliseconds.
    static let noon: Int64 = 1_795_348_800_000
    let sandbox: Sandbox
    var admin: Account { sandbox.accounts.admin }
    var user: Account { sandbox.accounts.user }
    var bot: Account { sandbox.accounts.bot }
    var agent: Account { sandbox.accounts.agent }

    /// An office that plays a release; without messages of its own unless asked for, and without a limiter.
    init(
        _ version: String = "8.6.1", messages: Int = 0, limit: RateLimit? = nil,
        _ change: (inout SandboxOptions) -> Void = { _ in }
    ) {
        var options = SandboxOptions()
        options.version = version
        options.messages = messages
        options.limit = limit
        options.clock = .manual(Self.noon)
        change(&options)
        sandbox = Sandbox(options)
    }

    /// An answer, its body parsed where it is JSON.
    struct Answer {
        let response: SandboxResponse
        var status: Int { response.status }
        var text: String { String(decoding: response.body, as: UTF8.self) }
        var json: JSON { JSONParser.parse(response.body) ?? .null }
        subscript(path: String) -> JSON? { json.object?.value(at: path) }
        func list(_ path: String) -> [JSONObject] { (self[path]?.elements ?? []).compactMap(\.object) }
        func ids(_ path: String) -> [String] { list(path).compactMap { $0["_id"]?.text } }
        var errorType: String? { self["errorType"]?.text }
        var error: String? { self["error"]?.text }
    }

    /// Calls a route below `/api/v1/`, as the administrator unless told otherwise.
    func get(_ route: String, _ query: [(String, String)] = [], as account: Account? = nil) -> Answer {
        get(path: "/api/v1/" + route, query, as: account ?? admin)
    }

    /// Calls any path; without an account, without credentials.
    func get(path: String, _ query: [(String, String)] = [], as account: Account?, address: String = "10.0.0.1")
        -> Answer
    {
        let encoded = query.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }.joined(separator: "&")
        var request = SandboxRequest(target: encoded.isEmpty ? path : "\(path)?\(encoded)", remoteAddress: address)
        if let account { request.headers = [("X-Auth-Token", account.token), ("x-user-id", account.userID)] }
        return Answer(response: sandbox.handle(request))
    }

    /// `chat.syncMessages` of a room.
    func sync(_ room: String, _ query: [(String, String)], as account: Account? = nil) -> Answer {
        get("chat.syncMessages", [("roomId", room)] + query, as: account)
    }

    /// The ISO form of a time.
    func iso(_ time: Int64) -> String { ISODate.text(time) }

    private static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        .joined()
    }
}
