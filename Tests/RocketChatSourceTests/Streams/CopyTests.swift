import AirbyteProtocol
import RocketChatSandbox
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// What a destination holds after incremental reads, beside what a full refresh of the same moment brings.
@Suite struct CopyTests {
    /// A destination in deduped mode.
    private struct Copy {
        var rows: [[String?]: JSON] = [:]

        // The instant of the sync is no field of the server's.
        private static func plain(_ row: JSON, _ stream: StreamDefinition) -> JSON {
            guard stream.bearsSyncInstant, case .object(let members) = row else { return row }
            return .object(members.filter { $0.name != StreamDefinition.syncInstant })
        }

        mutating func apply(_ run: ConnectorRun, _ stream: StreamDefinition) {
            for row in run.rows(of: stream) {
                let key = stream.key(of: row)
                let isGone = row["_ab_cdc_deleted_at"].map { $0 != .null } ?? false
                rows[key] = isGone ? nil : Self.plain(row, stream)
            }
        }
    }

    @Test(arguments: Catalogue.all.filter { $0.cursor != nil }, [UInt64(1), 2])
    func incrementalReadsEndWhereAFullRefreshDoes(stream: StreamDefinition, seed: UInt64) async throws {
        let here = SandboxScene(seed: seed)
        var copy = Copy()
        var states: [JSON] = []
        for _ in 0..<4 {
            let run = try await here.read([stream], as: "admin", states: states)
            #expect(run.code == .ok, "\(run.errors())")
            copy.apply(run, stream)
            states = run.lastStates
            here.sandbox.live(steps: 80)
            here.clock.advance(by: 900_000)
        }
        copy.apply(try await here.read([stream], as: "admin", states: states), stream)
        var full = Copy()
        full.apply(try await here.read([stream], as: "admin", mode: .fullRefresh), stream)
        #expect(!full.rows.isEmpty)
        let different = full.rows.filter { copy.rows[$0.key] != $0.value }.map(\.value.text)
        #expect(different == [])
        if stream.reading.traits.tellsRemovals {
            // Rows of rooms that the user has left stay as they were: nobody tells what became of them (docs/limits.md).
            let readable = here.sandbox.readableRooms(for: here.sandbox.accounts.admin)
            let kept = copy.rows.filter { row in row.value["rid"]?.string.map { readable.contains($0) } ?? true }
            #expect(Set(kept.keys).subtracting(full.rows.keys).isEmpty)
        }
    }
}
