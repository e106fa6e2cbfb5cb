@testable import RocketChatSandbox
@testable import RocketChatSource

/// The copy held against what the account may see. What cannot be known is left out by rules, each of which docs/limits.md
/// explains.
struct Comparison {
    private let sandbox: Sandbox
    private let account: Account
    private let copy: Copy
    private let plan: RoundPlan

    init(_ sandbox: Sandbox, _ account: Account, _ copy: Copy, _ plan: RoundPlan) {
        self.sandbox = sandbox
        self.account = account
        self.copy = copy
        self.plan = plan
    }

    /// What differs, in sentences.
    func differences() -> [String] {
        var found = messages()
        for stream in plan.streams {
            // Rule 4: 7.0.0 to 7.3.2 cannot page channels.list; other listings stand in, with other members and rows.
            if stream.name == "channels", plan.options.version.hasPrefix("7.0.") { continue }
            found += TruthRows(stream.name, sandbox, account).differences(copy.documents(stream.name))
        }
        return found
    }

    private func messages() -> [String] {
        let readable = Set(sandbox.readableRooms(for: account))
        let unknowable = sandbox.change { workspace, now in
            var ids: Set<String> = []
            for room in workspace.rooms {
                // Rule 1: a room that exists and cannot be read any more keeps its rows.
                let isClosed = !room.isRemoved && !readable.contains(room.id)
                for row in room.messages.rows
                where isClosed || row.flags.contains(.hidden) {
                    // Rule 2: with Message_KeepHistory a removed message is hidden from every answer.
                    ids.insert(workspace.messageIDs.text(row.serial))
                }
                if isClosed {
                    for gone in room.messages.trash { ids.insert(workspace.messageIDs.text(gone.serial)) }
                }
                // Rule 3: the server forgets a removal after thirty days.
                for gone in room.messages.trash where now - gone.deletedAt > RoomPlan.trashLifetime {
                    ids.insert(workspace.messageIDs.text(gone.serial))
                }
            }
            return ids
        }
        let rows = copy.documents("messages").filter { !unknowable.contains($0.key) }
        return TruthRows("messages", sandbox, account).differences(rows)
    }
}
