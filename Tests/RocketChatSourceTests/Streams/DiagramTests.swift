import AirbyteProtocol
import RocketChatSandbox
import Testing
import write_docs

@testable import JSONBytes
@testable import RocketChatSource

/// The lines of the diagram in docs/streams.md, as joins over everything that an administrator reads.
@Suite struct DiagramTests {
    /// `left ||--o{ right : "path = path"`.
    private struct Line {
        let left: String
        let right: String
        let leftPath: [String]
        let rightPath: [String]
    }

    // Lines with a plain equation; lists of ids are joined otherwise.
    private static var lines: [Line] {
        StreamsDocument().text.split(separator: "```mermaid")[1].split(separator: "```")[0].split(separator: "\n")
            .compactMap { text in
                let halves = text.split(separator: ":", maxSplits: 1)
                guard halves.count == 2 else { return nil }
                let names = halves[0].split(separator: " ")
                let equation = halves[1].split(separator: "\"").last { $0 != " " }?.split(separator: " ") ?? []
                guard names.count == 3, names[1].hasPrefix("||"), equation.count >= 3, equation[1] == "=" else {
                    return nil
                }
                return Line(
                    left: String(names[0]), right: String(names[2]),
                    leftPath: equation[0].split(separator: ".").map(String.init),
                    rightPath: equation[2].split(separator: ".").map(String.init))
            }
    }

    // What the stand-in does not play: its reports are about messages of its own making, its live chats bear no `contactId`
    // (the server's Helper.ts sets it from 7.1 on).
    private static let unplayed: Set<String> = [
        "moderation_reports" + "messages", "livechat_rooms" + "livechat_contacts",
    ]

    private static func values(_ rows: [JSON], _ path: [String]) -> [String] {
        rows.compactMap { row in path.reduce(Optional(row)) { $0?[$1] }?.string }
    }

    @Test func everyLineIsAJoin() async throws {
        let here = SandboxScene()
        here.sandbox.live(steps: 60)
        let run = try await here.read(Catalogue.all, as: "admin", mode: .fullRefresh)
        #expect(run.code == .ok, "\(run.errors())")
        let rows = Dictionary(uniqueKeysWithValues: Catalogue.all.map { ($0.name, run.rows(of: $0)) })
        #expect(Self.lines.count > 20)
        for line in Self.lines {
            // A line that begins at channels begins at the other kinds of rooms as well.
            let streams = line.left == "channels" ? ["channels", "groups", "direct_messages"] : [line.left]
            let left = streams.flatMap { Self.values(rows[$0] ?? [], line.leftPath) }
            let right = Self.values(rows[line.right] ?? [], line.rightPath)
            let pairs = Set(left).intersection(right)
            #expect(!pairs.isEmpty || Self.unplayed.contains(line.right + line.left), "\(line) joins nothing")
            guard line.left == "channels" else { continue }
            #expect(Set(left).isSuperset(of: right), "\(line): \(Set(right).subtracting(left))")
            #expect(Set(left).count == left.count, "a room is in two streams")
        }
    }

    @Test func everyMessageIsInOneRoomThatHasAName() async throws {
        for role in ["admin", "user", "bot"] {
            let here = SandboxScene()
            here.sandbox.live(steps: 60)
            let streams = [channelsStream, groupsStream, directMessagesStream, messagesStream]
            let run = try await here.read(streams, as: role, mode: .fullRefresh)
            #expect(run.code == .ok, "\(run.errors())")
            let named = [channelsStream, groupsStream].flatMap { run.rows(of: $0) }
            #expect(named.allSatisfy { $0["name"]?.string != nil })
            let rooms = (named + run.rows(of: directMessagesStream)).compactMap { $0["_id"]?.string }
            #expect(Set(rooms).count == rooms.count)
            let messages = run.rows(of: messagesStream).compactMap { $0["rid"]?.string }
            #expect(!messages.isEmpty && Set(rooms).isSuperset(of: messages), "\(role)")
        }
    }
}
