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
            guard let kind = TruthStream(rawValue: stream.name) else { continue }
            // Rule 4: 7.0.0 to 7.3.2 cannot page channels.list; other listings stand in, with other members and rows.
            if stream.name == "channels", plan.options.version.hasPrefix("7.0.") { continue }
            // Presence changes from minute to minute and is no part of the truth.
            let dropped: Set<String> = stream.name == "users" ? ["status"] : []
            found += Self.compare(
                stream.name, copy.documents(stream.name, without: dropped), sandbox.truth(kind, for: account))
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
        return Self.compare("messages", rows, sandbox.truth(.messages, for: account))
    }

    private static func compare(_ stream: String, _ copy: [String: String], _ truth: [String: String]) -> [String] {
        var found: [String] = []
        for (id, text) in copy.sorted(by: { $0.key < $1.key }) where truth[id] != text {
            if let expected = truth[id] {
                found.append("\(stream)/\(id) is \(text) instead of \(expected)")
            } else {
                found.append("\(stream)/\(id) should be gone: \(text)")
            }
        }
        for (id, text) in truth.sorted(by: { $0.key < $1.key }) where copy[id] == nil {
            found.append("\(stream)/\(id) is missing: \(text)")
        }
        guard found.count > 3 else { return found }
        return found.prefix(3) + ["and \(found.count - 3) more of \(stream)"]
    }
}
