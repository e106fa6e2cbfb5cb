import Testing

@testable import RocketChatSandbox

@Suite struct TruthTests {
    /// A copy kept the way a correct client keeps it: everything once, then what `lastUpdate` tells.
    private struct Copy {
        var rows: [String: String] = [:]
        var since: Int64 = 0

        mutating func sync(_ office: Office, _ account: Account) {
            let now = office.sandbox.now
            var seen = Set<String>()
            for room in office.sandbox.readableRooms(for: account) {
                let query = [("lastUpdate", since == 0 ? "1970-01-01" : office.iso(since - 1))]
                let answer = office.sync(room, query, as: account)
                #expect(answer.status == 200)
                for message in answer.list("result.updated") {
                    let id = message["_id"]?.text ?? ""
                    #expect(seen.insert(id).inserted)
                    rows[id] = message["t"] == "rm" ? nil : CanonicalJSON.text(.object(message))
                }
                for id in answer.ids("result.deleted") { rows[id] = nil }
            }
            since = now
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func incrementalCopiesEqualTheTruthAfterLife(seed: UInt64) {
        let office = Office(messages: 400) { $0.seed = seed }
        // Without membership changes a room once readable stays so; those are the connector's to handle.
        for account in [office.admin, office.agent] {
            var copy = Copy()
            copy.sync(office, account)
            for _ in 0..<6 {
                office.sandbox.live(steps: 60)
                let readable = Set(office.sandbox.readableRooms(for: account))
                copy.sync(office, account)
                let truth = messages(office, account)
                let kept = copy.rows.filter { row in
                    JSONParser.parse(Array(row.value.utf8))?.object?["rid"]?.text.map { readable.contains($0) } ?? false
                }
                #expect(Set(truth.keys).subtracting(kept.keys).isEmpty || !readable.isEmpty)
                for (id, text) in kept where truth[id] != nil { #expect(truth[id] == text) }
                #expect(kept.keys.allSatisfy { truth[$0] != nil })
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
            #expect(copy.rows == messages(office, account))
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
