import Testing

@testable import RocketChatSandbox

@Suite struct TruthTests {
    /// A copy kept the way a correct client keeps it: rooms once in whole, then what `lastUpdate` tells of them.
    private struct Copy {
        var rows: [String: [String: String]] = [:]
        var since: Int64 = 0

        mutating func sync(_ office: Office, _ account: Account) {
            let now = office.sandbox.now
            let readable = office.sandbox.readableRooms(for: account)
            rows = rows.filter { readable.contains($0.key) }
            for room in readable {
                let query = [("lastUpdate", rows[room] == nil ? "1970-01-01" : office.iso(since - 1))]
                var kept = rows[room] ?? [:]
                let answer = office.sync(room, query, as: account)
                #expect(answer.status == 200)
                for message in answer.list("result.updated") {
                    let id = message["_id"]?.text ?? ""
                    kept[id] = message["t"] == "rm" ? nil : CanonicalJSON.text(.object(message))
                }
                for id in answer.ids("result.deleted") { kept[id] = nil }
                rows[room] = kept
            }
            since = now
        }

        var all: [String: String] {
            rows.values.reduce(into: [:]) { all, room in all.merge(room) { first, _ in first } }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func incrementalCopiesEqualTheTruthAfterLife(seed: UInt64) {
        let office = Office(messages: 300) { $0.seed = seed }
        for account in [office.admin, office.agent] {
            var copy = Copy()
            for _ in 0..<6 {
                copy.sync(office, account)
                #expect(copy.all == messages(office, account))
                office.sandbox.live(steps: 60)
            }
        }
    }

    private func messages(_ office: Office, _ account: Account) -> [String: String] {
        office.sandbox.truth(.messages, for: account).merging(
            office.sandbox.truth(.livechatMessages, for: account)
        ) { first, _ in first }
    }

    @Test func aFreshFullCopyEqualsTheTruth() {
        let office = Office(messages: 500)
        office.sandbox.live(steps: 500)
        for account in [office.admin, office.user, office.bot, office.agent] {
            var copy = Copy()
            copy.sync(office, account)
            #expect(copy.all == messages(office, account))
        }
    }

    @Test func lifeAndTruthFollowFromTheSeed() {
        func outcome() -> [String: String] {
            let office = Office(messages: 100)
            office.sandbox.live(steps: 300)
            return office.sandbox.truth(.messages, for: office.admin)
        }
        #expect(outcome() == outcome())
    }

    @Test(arguments: [TruthStream.rooms, .subscriptions, .channels, .groups, .directMessages, .roles, .permissions])
    func documentsNeverChangeWithoutAStamp(stream: TruthStream) {
        let office = Office(messages: 20) {
            $0.rooms = 8
            $0.users = 15
        }
        var before = office.sandbox.truth(stream, for: office.admin)
        for _ in 0..<150 {
            office.sandbox.live(steps: 1)
            let after = office.sandbox.truth(stream, for: office.admin)
            for (id, text) in after where before[id] != nil && before[id] != text {
                #expect(stamp(before[id]) != stamp(text), "\(id): \(before[id] ?? "") became \(text)")
            }
            before = after
        }
    }

    private func stamp(_ text: String?) -> JSON? {
        JSONParser.parse(Array((text ?? "").utf8))?.object?["_updatedAt"]
    }

    @Test func canonicalTextIsSortedAndHoldable() {
        let source = #"{"b":[1,{"z":null,"y":"a\u0000b"}],"a":"x\ud83dy","é":"\ud83d\ude00\u2028"}"#
        let tree = JSONParser.parse(Array(source.utf8)) ?? .null
        #expect(
            CanonicalJSON.text(tree) == "{\"a\":\"x\u{FFFD}y\",\"b\":[1,{\"y\":\"ab\"}],\"é\":\"\u{1F600}\u{2028}\"}")
    }

    @Test func secretsAndPlaceholdersAreNoPartOfIt() {
        let office = Office(messages: 600)
        let chats = office.sandbox.truth(.livechatRooms, for: office.admin)
        #expect(!chats.isEmpty && chats.values.allSatisfy { !$0.contains("visitor-token") })
        for stream in TruthStream.allCases {
            #expect(!office.sandbox.truth(stream, for: office.admin).isEmpty, "\(stream)")
        }
    }
}

@Suite struct RoomHomeTests {
    @Test(arguments: ["admin", "user", "bot", "agent"])
    func everyMessageHasARoomInExactlyOneRoomStream(role: String) throws {
        let office = Office(messages: 200)
        let team = office.sandbox.createTeam("crew", by: office.user.userID)
        let lounge = office.sandbox.createRoom("lounge", by: office.user.userID, inTeam: team.team)
        let talk = office.sandbox.createDiscussion(in: "GENERAL", title: "talk", by: office.user.userID)
        let account = try #require(office.sandbox.accounts[role])
        for version in ["6.13.1", "7.0.4", "8.6.1"] {
            office.sandbox.upgrade(to: version)
            let homes = office.sandbox.roomHomes(for: account)
            for stream in [TruthStream.messages, .livechatMessages] {
                for text in office.sandbox.truth(stream, for: account).values {
                    let room = try #require(JSONParser.parse(Array(text.utf8))?.object?["rid"]?.text)
                    let home = try #require(homes[room])
                    #expect(home.hasReadableMessages && (home.stream == .directMessages || home.name != nil))
                    #expect((home.stream == .livechatRooms) == (stream == .livechatMessages))
                }
            }
            for stream in [TruthStream.channels, .groups, .directMessages, .livechatRooms] {
                for room in office.sandbox.truth(stream, for: account).keys { #expect(homes[room]?.stream == stream) }
            }
            #expect(homes[talk]?.stream == .channels)
            if role == "admin" { #expect(homes[lounge]?.stream == .channels && homes[team.room]?.stream == .channels) }
        }
    }
}
