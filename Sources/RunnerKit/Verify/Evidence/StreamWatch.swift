import AirbyteProtocol
import JSONBytes

/// What one read brings of one stream.
struct StreamWatch {
    /// The stream and how it is read.
    let request: StreamRequest
    /// How many records came.
    private(set) var records = 0
    /// How many of them after the last STATE.
    private(set) var sinceState = 0
    /// How many keys came again since then.
    private var repeats = 0
    /// How many STATEs came that are about it.
    private(set) var states: UInt32 = 0
    /// Which records came.
    private(set) var log = RecordLog()
    /// Some of its STATEs.
    private(set) var samples = StateSamples()
    /// Its statuses, each run of equal ones as one.
    private(set) var statuses: [StreamStatus] = []
    /// The hash of its last STATE line.
    private var lastState: UInt64?

    /// A read that begins.
    init(_ request: StreamRequest) { self.request = request }

    /// The stream's name and namespace.
    var key: StreamKey { request.stream.key }

    /// Notes a record by its hashes. `place` is for instance "line 3".
    mutating func note(key hash: UInt64, content: UInt64, place: Place, into findings: inout Findings) {
        records += 1
        sinceState += 1
        if statuses.last == .complete {
            findings.breach(.statusNothingFollows, "\(place): a record of `\(key)` follows COMPLETE")
        }
        let trace = RecordLog.Trace(states: states, content: UInt32(truncatingIfNeeded: content))
        guard let known = log.note(hash, trace), !request.stream.primaryKey.isEmpty else { return }
        repeats += 1
        // What came before a STATE may come again after it.
        if !request.isIncremental || known.states == states {
            findings.breach(.recordKeyIsUnique, "\(place): a key of `\(key)` comes for the second time")
        }
    }

    /// Notes a STATE about this stream, or about all of them; its hash is nil where it says nothing. `count` is what the source counts, if it does; so many records as
    /// are `lost`, because their lines were broken, it may count more than came.
    mutating func note(
        state payload: JSON, line hash: UInt64?, count: Int64?, lost: Int, place: Place, into findings: inout Findings
    ) {
        if request.isIncremental, hash != nil {
            findings.require(
                lastState != hash || sinceState == 0, .stateIsNotRepeated,
                "\(place): the STATE of `\(key)` is the former one, with \(sinceState) records in between")
        }
        lastState = hash
        states += 1
        samples.add(payload, number: states)
        if let count {
            findings.require(
                (-repeats...lost).contains(Int(count) - sinceState), .stateCountIsRight,
                "\(place): the STATE of `\(key)` counts \(count) records, \(sinceState) came")
        }
        (sinceState, repeats) = (0, 0)
    }

    /// Notes a status.
    mutating func note(_ status: StreamStatus, place: Place, into findings: inout Findings) {
        let isFirst = statuses.isEmpty
        switch status {
        case .started:
            findings.require(
                isFirst, .statusStartsFirst,
                "\(place): STARTED of `\(key)` comes after \(statuses.last?.rawValue ?? "")")
            if isFirst, records > 0 {
                findings.breach(.statusStartsFirst, "\(place): STARTED of `\(key)` comes after \(records) records")
            }
        case .running, .complete, .incomplete:
            // A stream that cannot even begin may say so.
            findings.require(
                !isFirst || status == .incomplete && records == 0, .statusStartsFirst,
                "\(place): \(status.rawValue) of `\(key)` comes before STARTED")
            if let last = statuses.last, last == .complete || last == .incomplete {
                findings.breach(
                    .statusEndsWithComplete, "\(place): \(status.rawValue) of `\(key)` follows \(last.rawValue)")
            } else if status == .complete, records > 0 {
                findings.require(
                    statuses.contains(.running), .statusRuns,
                    "\(place): `\(key)` is COMPLETE without having been RUNNING")
            }
        }
        if statuses.last != status || status == .complete { statuses.append(status) }
    }

    /// Judges a read that succeeded. `tellsStatuses`: the source does so of at least one stream.
    func judgeEnd(tellsStatuses: Bool, into findings: inout Findings) {
        // Of a stream that failed only the records before its last STATE count; that it failed is told by another rule.
        if statuses.last == .incomplete { return }
        let rule = request.isIncremental ? Rule.stateFollowsRecords : .stateFollowsFullRefresh
        let gap = states == 0 ? "no STATE of `\(key)`" : "\(sinceState) records of `\(key)` follow its last STATE"
        findings.require(states > 0 && sinceState == 0, rule, gap)
        guard tellsStatuses else { return }
        findings.require(!statuses.isEmpty, .statusOfEach, "no status of `\(key)`")
        guard let last = statuses.last else { return }
        findings.require(statuses.contains(.complete), .statusEndsWithComplete, "`\(key)` ends with \(last.rawValue)")
    }
}
