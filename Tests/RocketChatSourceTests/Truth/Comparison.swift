@testable import RocketChatSandbox
@testable import RocketChatSource

/// The copy held against what the account may see. What cannot be known is left out by rules, each of which docs/limits.md
/// explains.
struct Comparison {
    private let sandbox: Sandbox
    private let account: Account
    private let copy: Copy
    private let plan: RoundPlan
    private let forgotten: Set<String>
    private let hidden: HiddenRooms

    /// Of a copy at the end of a round; `forgotten` are rooms that were out of sight for thirty days.
    init(_ sandbox: Sandbox, _ account: Account, _ copy: Copy, _ plan: RoundPlan, forgotten: Set<String>) {
        self.sandbox = sandbox
        self.account = account
        self.copy = copy
        self.plan = plan
        self.forgotten = forgotten
        hidden = HiddenRooms(sandbox, account)
    }

    /// What differs, in sentences.
    func differences() -> [String] {
        ([messagesStream] + plan.streams).flatMap { stream in
            let truth = TruthRows(stream.name, sandbox, account)
            let rows = copy.documents(stream.name)
            switch stream.name {
            case "messages", "livechat_messages":
                // Rule 6: what a bulk removal has put into the trash is gone, though it may still be seen for a while.
                let unknowable = unknowable.union(sandbox.condemned.intersection(truth.keys))
                return truth.without(unknowable).differences(rows.filter { !unknowable.contains($0.key) })
            case "channels": return channels(truth, rows)
            case "files", "livechat_rooms", "video_conferences":
                // Rule 5: of these no removal is told.
                let known = truth.sparing(rooms: hidden.ids)
                return known.differences(rows.filter { known.isAlive($0.key) })
            case "room_members", "room_roles": return parts(truth, rows)
            default: return truth.differences(rows)
            }
        }
    }

    /// Rule 4: 7.0.0 to 7.3.2 cannot page channels.list. Its first rows are whole; other listings stand in for the others, with fewer
    /// members, and rows that another release gave stay. An administrator's listing has all of them.
    private func channels(_ truth: TruthRows, _ rows: [String: String]) -> [String] {
        guard let listed = hidden.listed, !truth.keys.isSubset(of: listed) else { return truth.differences(rows) }
        let known = truth.without(hidden.ids).loosened(except: listed)
        return known.differences(rows.filter { known.isAlive($0.key) })
    }

    /// Rule 7: a room that is there and refuses to tell keeps the rows that it had; and where not all rooms are listed (rule 4), none counts
    /// as gone.
    private func parts(_ truth: TruthRows, _ rows: [String: String]) -> [String] {
        let refusing = sandbox.roomsThatRefuseParts(truth.stream, for: account)
        let spared = truth.sparing(rooms: hidden.ids.union(refusing))
        let judged = rows.filter { !refusing.contains(TruthRows.room(ofMember: $0.key)) }
        return spared.differences(hidden.listed == nil ? judged : judged.filter { spared.isAlive($0.key) })
    }

    /// Messages of which nothing can be said.
    private var unknowable: Set<String> {
        let readable = Set(sandbox.readableRooms(for: account)).subtracting(sandbox.unlistedChats(for: account).rooms)
        let hidden = hidden.ids
        let forgotten = forgotten
        return sandbox.change { workspace, now in
            var ids: Set<String> = []
            for room in workspace.rooms {
                // Rule 1: a room that exists and cannot be read, or found, any more keeps its rows.
                let isClosed = !room.isRemoved && (!readable.contains(room.id) || hidden.contains(room.id))
                for row in room.messages.rows
                where isClosed || row.flags.contains(.hidden) {
                    // Rule 2: with Message_KeepHistory a removed message is hidden from every answer.
                    ids.insert(workspace.messageIDs.text(row.serial))
                }
                for gone in room.messages.trash {
                    // Rule 3: the server forgets a removal after thirty days, and so does the state a room that is out of sight.
                    let isOld = now - gone.deletedAt > Trash.lifetime
                    if isClosed || isOld || forgotten.contains(room.id) {
                        ids.insert(workspace.messageIDs.text(gone.serial))
                    }
                }
            }
            return ids
        }
    }
}
