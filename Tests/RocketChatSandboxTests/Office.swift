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
        return Answer(response: Control.handle(request, by: sandbox))
    }

    /// Calls a writing route, as the administrator unless told otherwise; nil is a stranger.
    func post(_ route: String, _ body: JSON = [:], as account: Account?) -> Answer {
        send("POST", route, JSONBuffer.encode(body), "application/json", as: account)
    }

    /// Calls a writing route as the administrator.
    func post(_ route: String, _ body: JSON = [:]) -> Answer { post(route, body, as: admin) }

    /// Calls a removing route.
    func delete(_ route: String, as account: Account?) -> Answer { send("DELETE", route, [], "", as: account) }

    /// Sends a form with files, as the administrator unless told otherwise.
    func upload(
        _ route: String, _ files: [(field: String, name: String, type: String, content: String)],
        _ fields: [(String, String)] = [], as account: Account? = nil
    ) -> Answer {
        var form = ""
        for (name, value) in fields {
            form += "--mark\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        for file in files {
            form += "--mark\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
            form += "Content-Type: \(file.type)\r\n\r\n\(file.content)\r\n"
        }
        form += "--mark--\r\n"
        return send("POST", route, Array(form.utf8), "multipart/form-data; boundary=mark", as: account ?? admin)
    }

    private func send(_ method: String, _ route: String, _ body: [UInt8], _ type: String, as account: Account?)
        -> Answer
    {
        var request = SandboxRequest(
            method: method, target: "/api/v1/" + route, headers: [("Content-Type", type)], body: body,
            remoteAddress: "10.0.0.1")
        if let account { request.headers += [("X-Auth-Token", account.token), ("X-User-Id", account.userID)] }
        return Answer(response: sandbox.handle(request))
    }

    /// Logs a user in that a test has made.
    func logIn(_ username: String, _ password: String) -> Account {
        let data = post("login", ["user": .string(username), "password": .string(password)], as: nil)
        return Account(
            userID: data["data.userId"]?.text ?? "", token: data["data.authToken"]?.text ?? "", username: username,
            roles: ["user"])
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
