import AirbyteProtocol
import RocketChatAPI
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// One page of a stream as a server would send it (made-up data), and ways to spoil it.
///
/// Values that must never leave hold the word SECRET. All dates lie weeks before the virtual clock.
struct Fixture: Sendable {
    let stream: StreamDefinition
    /// The page.
    var page: JSON

    /// The fixture of `stream`: Fixtures/<name>.json.
    init(of stream: StreamDefinition) throws {
        self.stream = stream
        page = try JSON(parsing: try TextFile.read("\(Self.folder)/\(stream.name).json"))
    }

    private static let folder =
        "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures"

    /// Members that lead to the rows.
    private var path: [String] {
        stream.reading.traits.rows
    }

    /// The rows of the page.
    var rows: [JSON] {
        let found = page.at(path)
        return found?.array ?? found.map { [$0] } ?? []
    }

    /// The page with other rows, and counts to match.
    func with(_ rows: [JSON]) -> Fixture {
        var made = self
        if case .workspace = stream.reading {
            made.page = rows.first ?? .object(["success": .boolean(true)])
            return made
        }
        made.page = path.isEmpty ? .array(rows) : page.setting(path, to: .array(rows))
        for count in ["count", "total"] where page[count] != nil {
            made.page = made.page.setting([count], to: .integer(Int64(rows.count)))
        }
        return made
    }

    /// The page with each row changed.
    func mapping(_ change: (JSON) -> JSON) -> Fixture { with(rows.map(change)) }

    /// A server that knows this page, one parent of each kind, and a token that may do everything.
    func server(refusing refusal: HTTPResponse? = nil) -> ScriptedTransport {
        let routes = pageRoutes
        let isOfRooms = stream.name == channelsStream.name
        let answer = HTTPResponse.json(page.text)
        return ScriptedTransport { request, _ throws(TransportError) in
            let path = Self.path(of: request)
            if routes.contains(path), path != "info" || refusal == nil { return refusal ?? answer }
            // Rooms that other listings add to the page's.
            if isOfRooms, path == "v1/rooms.adminRooms" { return .json(Self.noRooms) }
            return Self.surroundings[path].map { .json($0) } ?? .text("404 Not Found", status: 404)
        }
    }

    /// Routes that answer with the page. Others that add to the stream's rows belong to the surroundings.
    private var pageRoutes: Set<String> {
        guard case .listing(let listing) = stream.reading else { return Set(stream.reading.traits.paths) }
        return Set(listing.endpoints.filter { $0.rows == path }.map(\.path))
    }

    /// Path of a request below `/api/`, by the catalogue's name for it where it holds a parameter (`v1/livechat/department/:_id/agents`).
    static func path(of request: HTTPRequest) -> String {
        let target = SandboxTransport.target(of: request.url)
        let path = target.prefix { $0 != "?" }.trimmingPrefix("/api/")
        let segments = path.split(separator: "/")
        return patterns.first { pattern in
            let names = pattern.split(separator: "/")
            return names.count == segments.count && zip(names, segments).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        } ?? String(path)
    }

    private static let patterns = Catalogue.paths.filter { $0.contains(":") }

    private static let noRooms = #"{"rooms":[],"count":0,"offset":0,"total":0,"success":true}"#

    private static let surroundings: [String: String] = {
        let permissions = Set(
            Catalogue.all.flatMap { stream -> [String] in
                if case .any(let names) = stream.needs { names } else { [] }
            } + ["api-bypass-rate-limit", "view-room-administration", "view-all-teams"])
        let granted = permissions.sorted().map { #"{"_id":"\#($0)","roles":["admin"]}"# }.joined(separator: ",")
        let room = #"{"_id":"Kq3vRz8hT2mWnP4sB","t":"c","name":"ops","msgs":3}"#
        let talk =
            #"{"_id":"Kq3vRz8hT2mWnP4sB","t":"l","fname":"Guest","msgs":3,"_updatedAt":"2026-10-01T08:00:00.000Z"}"#
        return [
            "info": #"{"version":"8.6","success":true}"#,
            "v1/me": #"{"_id":"Us3rOfTheTest0001","username":"ines","roles":["admin"],"success":true}"#,
            "v1/permissions.listAll": #"{"update":[\#(granted)],"remove":[],"success":true}"#,
            "v1/rooms.get": #"{"update":[\#(room)],"remove":[],"success":true}"#,
            "v1/rooms.adminRooms": #"{"rooms":[\#(room)],"count":1,"offset":0,"total":1,"success":true}"#,
            "v1/teams.listAll": #"{"teams":[{"_id":"team1"}],"count":1,"offset":0,"total":1,"success":true}"#,
            "v1/roles.list": #"{"roles":[{"_id":"admin"}],"success":true}"#,
            "v1/moderation.reportsByUsers":
                #"{"reports":[{"userId":"aB3dE5fG7hJ9kLmNp"}],"count":1,"offset":0,"total":1,"success":true}"#,
            "v1/livechat/department":
                #"{"departments":[{"_id":"dep1"}],"count":1,"offset":0,"total":1,"success":true}"#,
            "v1/livechat/rooms": #"{"rooms":[\#(talk)],"count":1,"offset":0,"total":1,"success":true}"#,
        ]
    }()
}

extension StreamDefinition: CustomTestStringConvertible {
    package var testDescription: String { name }

    /// The values of a row's primary key, as text.
    func key(of row: JSON) -> [String?] {
        primaryKey.map { name in row[name].flatMap { $0 == .null ? nil : $0.text } }
    }

    /// Whether each parent of the stream is asked on its own, so that a refusal concerns one of them.
    var isReadInParts: Bool {
        switch reading {
        case .messages, .partitioned: true
        default: false
        }
    }

    /// The schema as JSON.
    var parsedSchema: JSON {
        get throws { try JSON(parsing: Array(schema.utf8)) }
    }
}
