/// The sandbox's own routes under `/_sandbox/`, outside the server it plays: never limited, logged or struck by faults.
enum Control {
    /// What answers a control route.
    private typealias Answer = @Sendable (Sandbox, ControlQuery) throws(ControlError) -> SandboxResponse

    private static let routes: [String: Answer] = [
        "accounts": { sandbox, _ in json(accounts(sandbox.accounts)) },
        "truth": truth,
        "homes": homes,
        "token": token,
        "requests": { sandbox, _ in lines(sandbox.requestLog.map(entry)) },
        "accidents": { sandbox, _ in json(["rooms": .strings(sandbox.accidentalRooms)]) },
        "clear": { sandbox, _ in
            sandbox.clearRequestLog()
            sandbox.clearFaults()
            return json([:])
        },
        "live": { sandbox, query throws(ControlError) in
            sandbox.live(steps: try query.number("steps", in: 0...1_000_000) ?? 1)
            return json(["now": .int(sandbox.now)])
        },
        "turnover": { sandbox, _ in
            sandbox.turnOver()
            return json(["now": .int(sandbox.now)])
        },
        "advance": { sandbox, query throws(ControlError) in
            sandbox.advance(milliseconds: try query.number("milliseconds", in: 0...ControlQuery.longest) ?? 0)
            return json(["now": .int(sandbox.now)])
        },
        "fault": { sandbox, query throws(ControlError) in
            json(["fault": .int(Int64(sandbox.inject(try query.fault())))])
        },
        "lift": { sandbox, query throws(ControlError) in
            sandbox.lift(try query.required("fault", try query.number("fault", in: 1...Int.max)))
            return json([:])
        },
        "defect": { sandbox, query throws(ControlError) in
            let names = SandboxDefect.allCases.map(\.rawValue).joined(separator: ", ")
            guard let defect = query["kind"].flatMap({ SandboxDefect(rawValue: $0) }) else {
                throw ControlError("kind is one of \(names)")
            }
            sandbox.plant(defect)
            return json([:])
        },
        "version": { sandbox, query throws(ControlError) in
            if let version = try query.version("to") { sandbox.upgrade(to: version) }
            return json(["version": .string(sandbox.version)])
        },
        "roles": { sandbox, query throws(ControlError) in
            sandbox.setRoles(of: try query.account(of: sandbox).userID, to: query.names("roles"))
            return json([:])
        },
        "grant": { sandbox, query throws(ControlError) in
            sandbox.grant(try query.required("permission", query["permission"]), to: query.names("roles"))
            return json([:])
        },
        "join": { sandbox, query throws(ControlError) in
            sandbox.join(try query.room(of: sandbox), try query.account(of: sandbox).userID)
            return json([:])
        },
        "leave": { sandbox, query throws(ControlError) in
            sandbox.leave(try query.room(of: sandbox), try query.account(of: sandbox).userID)
            return json([:])
        },
        "prune": { sandbox, query throws(ControlError) in
            let count = sandbox.prune(
                try query.room(of: sandbox), before: try query.number("before", in: 0...Int64.max) ?? sandbox.now,
                filesOnly: query["files_only"] == "true",
                pause: try query.number("pause", in: 0...ControlQuery.longest) ?? 0)
            return json(["messages": .int(Int64(count))])
        },
    ]

    /// The answer to a control request, or the played server's to any other.
    static func handle(_ request: SandboxRequest, by sandbox: Sandbox) -> SandboxResponse {
        guard request.target.hasPrefix("/_sandbox/") else { return sandbox.handle(request) }
        let parts = request.target.dropFirst(10).split(separator: "?", maxSplits: 1)
        guard let answer = routes[parts.first.map(String.init) ?? ""] else {
            return refusal("no such control route; there are \(routes.keys.sorted().joined(separator: ", "))")
        }
        do throws(ControlError) {
            return try answer(sandbox, ControlQuery(parts.count > 1 ? parts[1] : "", body: request.body))
        } catch {
            return refusal(error.message)
        }
    }

    /// User id, token and roles per account.
    static func accounts(_ accounts: Accounts) -> JSONObject {
        var object = JSONObject()
        for name in ["admin", "user", "bot", "agent"] {
            guard let account = accounts[name] else { continue }
            object[name] = [
                "user_id": .string(account.userID), "token": .string(account.token),
                "username": .string(account.username), "roles": .strings(account.roles),
            ]
        }
        return object
    }

    private static func truth(_ sandbox: Sandbox, _ query: ControlQuery) throws(ControlError) -> SandboxResponse {
        guard let stream = query["stream"].flatMap({ TruthStream(rawValue: $0) }) else {
            throw ControlError("stream is one of \(TruthStream.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let documents = sandbox.truth(stream, for: try query.account(of: sandbox)).sorted { $0.key < $1.key }
        return lines(documents.map(\.value))
    }

    /// A user's token, made when it has none: with it a caller asks the server as anybody.
    private static func token(_ sandbox: Sandbox, _ query: ControlQuery) throws(ControlError) -> SandboxResponse {
        let id = try query.required("user", query["user"])
        let token: String? = sandbox.change { workspace, _ in
            guard let user = workspace.user(id) else { return nil }
            let token = workspace.users[user].token ?? "token-of-\(id)"
            workspace.users[user].token = token
            return token
        }
        guard let token else { throw ControlError("user is the id of a user, not \(id)") }
        return json(["token": .string(token)])
    }

    private static func homes(_ sandbox: Sandbox, _ query: ControlQuery) throws(ControlError) -> SandboxResponse {
        var object = JSONObject()
        for (room, home) in sandbox.roomHomes(for: try query.account(of: sandbox)).sorted(by: { $0.key < $1.key }) {
            object[room] = [
                "stream": .string(home.stream.rawValue), "name": home.name.map { .string($0) } ?? .null,
                "readable": .bool(home.hasReadableMessages),
            ]
        }
        return json(object)
    }

    private static func entry(_ request: LoggedRequest) -> String {
        let object: JSON = [
            "method": .string(request.method), "path": .string(request.path),
            "route": request.route.map { .string($0) } ?? .null, "query": .string(request.query),
            "status": .int(Int64(request.status)), "at": .int(request.at), "bytes": .int(Int64(request.bytes)),
        ]
        return String(decoding: JSONBuffer.encode(object), as: UTF8.self)
    }

    private static func json(_ object: JSONObject) -> SandboxResponse {
        SandboxResponse(
            status: 200, headers: [("Content-Type", "application/json")], body: JSONBuffer.encode(.object(object)))
    }

    private static func lines(_ lines: [String]) -> SandboxResponse {
        var body: [UInt8] = []
        for line in lines {
            body.append(contentsOf: line.utf8)
            body.append(UInt8(ascii: "\n"))
        }
        return SandboxResponse(status: 200, headers: [("Content-Type", "application/jsonl")], body: body)
    }

    private static func refusal(_ text: String) -> SandboxResponse {
        SandboxResponse(
            status: 400, headers: [("Content-Type", "application/json")],
            body: JSONBuffer.encode(["error": .string(text)]))
    }
}
