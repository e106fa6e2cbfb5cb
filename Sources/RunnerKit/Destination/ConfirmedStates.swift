import AirbyteProtocol
import JSONBytes

/// The delivery file on disk: locked for the run, written when the destination has confirmed something.
final class ConfirmedStates {
    /// Where it is.
    let path: String
    /// What it holds, once written.
    private(set) var file = DeliveryFile()
    private var pending = PendingStates()
    private var isDirty = false
    private var savedAt = Clock.monotonic()
    private let interval: Int64
    private let lock: FileLock

    /// Locks and reads the file at `path`, which may not exist yet. It is written at most each `interval` milliseconds.
    init(_ path: String, interval: Int64) throws(RunnerError) {
        self.path = path
        self.interval = interval
        lock = try FileLock(beside: path)
        guard let bytes = try Files.read(path) else { return }
        do throws(InputError) { file = try DeliveryFile(parsing: bytes) } catch {
            throw RunnerError(.usage, "\(path): \(error)")
        }
    }

    /// Notes the new run durably, before anything of it happens: a number is never given twice, and no state outlives the
    /// rows that it speaks of.
    func begin(_ deliveries: [StreamDelivery], source: SourceIdentity, destination: SourceIdentity) throws(RunnerError)
    {
        file.begin(deliveries)
        (file.source, file.destination) = (source, destination)
        isDirty = true
        try save(ifOlderThan: 0)
    }

    /// A state on its way to the destination: the payload as it is to be sent. Destinations need to know how many records it
    /// covers, and echo its number.
    func send(_ payload: JSON, records: Int) -> JSON {
        let number = pending.add(payload)
        var members = (payload.members ?? []).filter { !$0.name.isExactly("id") }
        if payload["sourceStats"]?["recordCount"]?.integer != Int64(records) {
            members.removeAll { $0.name.isExactly("sourceStats") }
            let stats = JSON.object(["recordCount": .number("\(records).0")])
            members.append(.init(name: "sourceStats", value: (payload["sourceStats"] ?? .object([])).merging(stats)))
        }
        members.append(.init(name: "id", value: .integer(number)))
        return .object(members)
    }

    /// A STATE of the destination. False when it is none that was sent.
    func confirm(_ echo: JSON) -> Bool {
        switch pending.confirm(echo) {
        case .confirms(let payload): isDirty = file.states.apply(payload) || isDirty
        case .repeats: break
        case .unknown: return false
        }
        return true
    }

    /// The destination has ended well after it was told that these streams are complete.
    func complete(_ keys: [StreamKey]) {
        let before = file
        file.complete(keys)
        if file != before { isDirty = true }
    }

    /// Writes what was confirmed since the last time, when that is long enough ago.
    func saveIfDue() throws(RunnerError) { try save(ifOlderThan: interval) }

    /// Writes it in any case.
    func save() throws(RunnerError) { try save(ifOlderThan: 0) }

    private func save(ifOlderThan age: Int64) throws(RunnerError) {
        guard isDirty, Clock.monotonic() - savedAt >= age else { return }
        try Files.replace(path, with: file.text)
        isDirty = false
        savedAt = Clock.monotonic()
    }

    /// How many states of a stream went out, and how many of them are confirmed.
    func counts(of key: StreamKey?) -> (sent: Int, confirmed: Int) { pending.counts(of: key) }

    /// Streams whose newest state is not confirmed; nil stands for all together.
    var unconfirmed: [StreamKey?] { pending.unconfirmed }
}
