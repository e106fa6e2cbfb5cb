import AirbyteProtocol
import CSystem
import Testing

@testable import RocketChatSource

/// Every fault against every kind of stream, in a first sync, an increment and a full refresh; docs/faults.md is its table.
@Suite struct FaultMatrixTests {
    /// `FAULT=429 swift test --filter FaultMatrixTests` plays those whose name contains it.
    private static let faults = NamedFault.all.filter { fault in
        getenv("FAULT").map { fault.name.contains(String(cString: $0)) } ?? true
    }

    @Test(arguments: faults)
    func nothingAliveIsBuriedOrLost(fault: NamedFault) async throws {
        for (number, targets) in FaultTarget.groups.enumerated() {
            guard fault.isEverywhere || targets.contains(where: { !fault.faults($0).isEmpty }) else { continue }
            for stage in FaultStage.allCases {
                let prepared = try await PreparedCopies.shared.copy(number, stage)
                let cell = FaultCell(fault: fault, targets: targets, stage: stage)
                let found = try await cell.play(prepared)
                #expect(
                    found.isEmpty, "\(stage.rawValue), group \(number): \(found.joined(separator: "\n  "))")
            }
        }
    }
}

/// What a destination holds after a first sync without faults, by group: the same for every fault.
private actor PreparedCopies {
    static let shared = PreparedCopies()
    private var copies: [String: Task<Copy, any Error>] = [:]

    func copy(_ group: Int, _ stage: FaultStage) async throws -> Copy {
        guard stage != .first else { return Copy() }
        let key = "\(group) \(stage.rawValue)"
        if let known = copies[key] { return try await known.value }
        let streams = FaultTarget.groups[group].compactMap(\.stream)
        let task = Task {
            var scene = FaultScene(streams.isEmpty ? [rolesStream] : streams, isFull: stage == .fullRefresh)
            let run = try await scene.sync()
            try #require(run.code == .ok)
            return scene.copy
        }
        copies[key] = task
        return try await task.value
    }
}
