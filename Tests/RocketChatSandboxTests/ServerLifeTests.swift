import Testing

@testable import RocketChatSandbox

/// What operators do to a server while its data lives on.
@Suite struct ServerLifeTests {
    @Test func aServerIsUpgradedWithItsData() {
        let office = Office("6.13.1", messages: 100, limit: RateLimit(calls: 2, interval: 60_000))
        let truth = office.sandbox.truth(.messages, for: office.admin)
        let users = office.get("users.list", [("count", "0")]).ids("users")
        #expect(office.get("omnichannel/contacts.search")["contacts"] == nil)
        for version in ["7.0.4", "7.6.0", "8.6.1"] {
            office.sandbox.upgrade(to: version)
            #expect(office.sandbox.version == version)
            #expect(office.get(path: "/api/info", as: office.admin)["version"] == .string(version))
            #expect(office.get("users.list", [("count", "0")]).ids("users") == users)
            #expect(office.get("omnichannel/contacts.search").status == 200)
            #expect(office.get("channels.list", [("count", "5")]).status == (version == "7.0.4" ? 400 : 200))
        }
        #expect(office.sandbox.truth(.messages, for: office.admin) == truth)
    }

    @Test func anUpgradeStartsTheLimiterAfresh() {
        let office = Office("7.0.4", limit: RateLimit(calls: 1, interval: 60_000))
        #expect((0..<2).map { _ in office.get("me", as: office.user).status } == [200, 429])
        office.sandbox.upgrade(to: "7.0.5")
        #expect(office.get("me", as: office.user).status == 200)
    }

    @Test func rolesAndTokensAreLostAndRegained() {
        let office = Office()
        let listed = office.get("groups.listAll").status
        office.sandbox.setRoles(of: office.admin.userID, to: ["user"])
        #expect(listed == 200 && office.get("groups.listAll").status == 403)
        #expect(office.get("me")["roles"] == ["user"])
        office.sandbox.setRoles(of: office.admin.userID, to: ["admin"])
        #expect(office.get("groups.listAll").status == 200)
        let holders = office.sandbox.holders(of: "view-all-teams")
        office.sandbox.grant("view-all-teams", to: [])
        #expect(office.get("teams.listAll").status == 403)
        office.sandbox.grant("view-all-teams", to: holders)
        #expect(holders == ["admin"] && office.get("teams.listAll").status == 200)
        office.sandbox.revokeToken(of: office.admin)
        #expect(office.get("me").status == 401)
        office.sandbox.restoreToken(of: office.admin)
        #expect(office.get("me").status == 200)
    }

    @Test func aBulkRemovalWritesTheTrashBeforeAMessageGoes() {
        let office = Office()
        let room = office.sandbox.createRoom("pruned", by: office.admin.userID)
        let ids = (0..<5).map { _ in
            office.sandbox.advance(milliseconds: 10)
            return office.sandbox.post(in: room, by: office.admin.userID, text: "old")
        }
        let stamp = office.sandbox.now
        let all = [("lastUpdate", "1970-01-01")]
        #expect(office.sandbox.prune(room, before: stamp, pause: 5000) == 4)
        office.sandbox.delete(ids[0], by: office.admin.userID)
        office.sandbox.advance(milliseconds: 4999)
        let between = office.sync(room, all)
        #expect(between.ids("result.updated") == ids.dropFirst().reversed())
        #expect(Set(between.ids("result.deleted")) == Set(ids.dropLast()), "each once")
        #expect(office.sandbox.truth(.messages, for: office.admin)[ids[1]] != nil)
        office.sandbox.advance(milliseconds: 1)
        let after = office.sync(room, all)
        #expect(after.ids("result.updated") == [ids[4]])
        #expect(after.list("result.deleted").allSatisfy { $0["_deletedAt"] == .string(office.iso(stamp)) })
        #expect(office.sandbox.messages(in: room) == [ids[4]])
        let document = office.get("rooms.info", [("roomId", room)])
        #expect(document["room.msgs"] == 1 && document["room._updatedAt"] == .string(office.iso(stamp + 5000)))
    }
}
