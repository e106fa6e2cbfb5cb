import JSONBytes
import Testing

@testable import RocketChatSource

/// What is told of removed messages, and what the messages themselves say to it.
@Suite struct RemovalsTests {
    private func removals(_ keys: [KeyHash]) -> Removals {
        var removals = Removals()
        for (number, key) in keys.enumerated() {
            removals.insert(key, at: 100)
            removals.hold(Tombstone.fields(id: "m\(number)", at: 100), of: key)
        }
        return removals
    }

    @Test func aMessageMetInTheTrashAndAliveKeepsItsTombstone() throws {
        let keys = try Keys.of(["m0", "m1"])
        var removals = removals(keys)
        removals.meet(keys[0], updatedAt: 100)
        #expect(removals.covers(keys[0], updatedAt: 100))
        #expect(removals.release().count == 2)
        #expect(!removals.hasDoubts)
        #expect(removals.release().isEmpty)
    }

    @Test func aMessageYoungerThanItsRemovalHasNoTombstoneAndIsInDoubt() throws {
        let keys = try Keys.of(["m0", "m1", "m2"])
        var removals = removals([keys[0], keys[1]])
        removals.meet(keys[1], updatedAt: 101)
        removals.meet(keys[2], updatedAt: 101)
        #expect(!removals.covers(keys[1], updatedAt: 101))
        #expect(removals.hasDoubts)
        let left = removals.release()
        #expect(left.map(\.bytes) == [Tombstone.fields(id: "m0", at: 100).bytes])
    }
}
