import Testing

@testable import RocketChatSandbox

@Suite struct SyncMessagesTests {
    private let office = Office()
    private let room: String
    private let me: String

    init() {
        me = office.admin.userID
        room = office.sandbox.createRoom("sync", by: office.admin.userID)
    }

    private func post(_ count: Int, apart: Int64 = 10) -> [String] {
        (0..<count).map { index in
            office.sandbox.advance(milliseconds: apart)
            return office.sandbox.post(in: room, by: me, text: "message \(index)")
        }
    }

    @Test func lastUpdateIsStrictUnboundedAndNewestFirst() {
        let ids = post(60)
        let all = office.sync(room, [("lastUpdate", "1970-01-01T00:00:00.000Z")])
        #expect(all.ids("result.updated") == ids.reversed())
        #expect(all["result.cursor"] == nil)
        let since = office.sync(room, [("lastUpdate", office.iso(Office.noon + 590))])
        #expect(since.ids("result.updated") == [ids[59]])
    }

    @Test func theCursorWalksUpwardsAndEndsInNull() {
        let ids = post(5)
        let first = office.sync(room, [("type", "UPDATED"), ("next", "0"), ("count", "2")])
        #expect(first.ids("result.updated") == Array(ids[0...1]))
        #expect(first["result.cursor.next"] == .string("\(Office.noon + 20)"))
        #expect(first["result.cursor.previous"] == .string("\(Office.noon + 10)"))
        #expect(first["result.deleted"] == [])
        let last = office.sync(room, [("type", "UPDATED"), ("next", "\(Office.noon + 20)"), ("count", "3")])
        #expect(last.ids("result.updated") == Array(ids[2...4]))
        #expect(last["result.cursor.next"] == .null)
        let none = office.sync(room, [("type", "UPDATED"), ("next", "\(Office.noon + 50)")])
        #expect(none["result.cursor.next"] == .null && none["result.cursor.previous"] == .null)
        let back = office.sync(room, [("type", "UPDATED"), ("previous", "\(Office.noon + 50)"), ("count", "2")])
        #expect(back.ids("result.updated") == [ids[3], ids[2]])
        #expect(back["result.cursor.next"] == .string("\(Office.noon + 40)"))
        #expect(back["result.cursor.previous"] == .string("\(Office.noon + 30)"))
    }

    @Test func rowsThatShareTheBoundaryMillisecondAreSkipped() {
        let early = post(1)
        let tied = post(3, apart: 0)
        let page = office.sync(room, [("type", "UPDATED"), ("next", "0"), ("count", "2")])
        #expect(page.ids("result.updated") == [early[0], tied[0]])
        let next = page["result.cursor.next"]?.text ?? ""
        #expect(office.sync(room, [("type", "UPDATED"), ("next", next)]).ids("result.updated").isEmpty)
    }

    @Test func deletedPagesAreOrderedByTheWrongTime() {
        let ids = post(3)
        for index in [2, 0, 1] {
            office.sandbox.advance(milliseconds: 100)
            office.sandbox.delete(ids[index], by: me)
        }
        // By old `_updatedAt`: 0, 1, 2; deleted at +230, +330, +130.
        let page = office.sync(room, [("type", "DELETED"), ("next", "0"), ("count", "2")])
        #expect(page.ids("result.deleted") == [ids[0], ids[1]])
        let next = page["result.cursor.next"]?.text ?? ""
        #expect(next == "\(Office.noon + 330)")
        let rest = office.sync(room, [("type", "DELETED"), ("next", next)])
        #expect(rest.ids("result.deleted").isEmpty, "the first deletion is lost to whoever follows the cursor")
        let whole = office.sync(room, [("type", "DELETED"), ("next", "0"), ("count", "100000")])
        #expect(whole.ids("result.deleted").count == 3 && whole["result.cursor.next"] == .null)
    }

    @Test func typeAloneIsEmptyAndAnISOCursorStartsOver() {
        let ids = post(2)
        let alone = office.sync(room, [("type", "UPDATED")])
        #expect(alone.text == #"{"result":{"updated":[],"deleted":[]},"success":true}"#)
        let iso = office.sync(room, [("type", "UPDATED"), ("next", office.iso(Office.noon + 15))])
        #expect(iso.ids("result.updated") == ids)
    }

    @Test func aFutureStampMovesTheCursorAhead() {
        let late = office.sandbox.post(in: room, by: me, text: "skewed", skew: 90_000)
        let now = post(1)
        let all = office.sync(room, [("type", "UPDATED"), ("next", "0")])
        #expect(all.ids("result.updated") == [now[0], late])
        #expect(office.sync(room, [("lastUpdate", office.iso(office.sandbox.now))]).ids("result.updated") == [late])
    }

    @Test func theCountHasNoCapAndZeroMeansTwenty() {
        let ids = post(250, apart: 1)
        let page = office.sync(room, [("type", "UPDATED"), ("next", "0"), ("count", "240")])
        #expect(page.ids("result.updated") == Array(ids[..<240]))
        #expect(
            office.sync(room, [("type", "UPDATED"), ("next", "0"), ("count", "0")]).ids("result.updated").count == 20)
        #expect(office.sync(room, [("type", "UPDATED"), ("next", "0")]).ids("result.updated").count == 20)
    }

    @Test(arguments: [
        ([("type", "UPDATED"), ("next", "1"), ("previous", "2")], "error-cursor-conflict"),
        ([("type", "UPDATED"), ("next", "1"), ("lastUpdate", "2026-01-01")], "error-cursor-and-lastUpdate-conflict"),
        ([("next", "1"), ("lastUpdate", "2026-01-01")], "error-type-param-required"),
        ([("lastUpdate", "yesterday")], "error-lastUpdate-param-invalid"), ([], "error-param-required"),
        ([("type", "BOTH")], "error-invalid-params"),
    ])
    func wrongParametersAreNamed(query: [(String, String)], code: String) {
        #expect(office.sync(room, query).errorType == code)
    }

    @Test func anUnparsableCursorIsAPlainError() {
        let answer = office.sync(room, [("type", "UPDATED"), ("next", "soon")])
        #expect(answer.status == 400 && answer.error == "Invalid Date" && answer.errorType == nil)
        #expect(office.sync("nowhere", [("lastUpdate", "2026-01-01")]).errorType == "error-not-allowed")
    }

    @Test func oldReleasesDoNotKnowTheCursor() {
        let old = Office("7.0.0")
        let probe = old.sync("GENERAL", [("type", "UPDATED"), ("next", "0")])
        #expect(probe.errorType == "error-lastUpdate-param-not-provided")
        #expect(old.sync("GENERAL", [("lastUpdate", "x")]).errorType == "error-roomId-param-invalid")
        #expect(old.get("chat.syncMessages").errorType == "error-roomId-param-not-provided")
        #expect(old.sync("GENERAL", [("lastUpdate", "1970-01-01")]).status == 200)
        #expect(Office("7.1.0").sync("GENERAL", [("type", "UPDATED"), ("next", "0")]).status == 200)
        #expect(Office("7.6.0").sync("GENERAL", [("type", "BOTH")]).errorType == "invalid-params")
        let first = Office("7.2.0").sync("GENERAL", [("type", "UPDATED"), ("next", "0")])
        #expect(first["result.updated"] != nil && first["result.deleted"] == nil, "one list alone")
        #expect(Office("7.2.0").sync("GENERAL", [("type", "UPDATED")])["result"] == [:])
    }

    @Test func theTrashForgetsAfterThirtyDays() {
        let ids = post(1)
        office.sandbox.delete(ids[0], by: me)
        let since = ("lastUpdate", "1970-01-01")
        #expect(office.sync(room, [since]).ids("result.deleted") == ids)
        let paged = [("roomId", room), ("since", "1970-01-01")]
        #expect(office.get("chat.getDeletedMessages", paged).ids("messages") == ids)
        office.sandbox.advance(milliseconds: 30 * 86_400_000 + 1)
        #expect(office.sync(room, [since]).ids("result.deleted").isEmpty)
        #expect(office.get("chat.getDeletedMessages", paged).ids("messages").isEmpty)
    }
}
