import AirbyteProtocol
import JSONBytes

/// The accounts of all configured streams, found by name as it stands in a record.
struct StreamAccounts {
    /// In the order of the configured catalog.
    var all: [StreamAccount]
    private let table: NameTable
    private let hasNamespaces: Bool
    /// Records of streams nobody asked for.
    private(set) var strangers = 0

    /// One account per configured stream, in this order.
    init(_ keys: [StreamKey]) {
        all = keys.map(StreamAccount.init)
        table = NameTable(keys.map(\.name))
        hasNamespaces = keys.contains { $0.namespace != nil } || Set(keys.map(\.name)).count < keys.count
    }

    /// The position of a stream, nil when it is not configured.
    func index(of key: StreamKey) -> Int? {
        all.firstIndex { $0.key == key }
    }

    /// Counts a record and returns its stream's position; nil, and counted, when the stream is not configured.
    mutating func count(
        _ head: RecordHead, in line: UnsafeBufferPointer<UInt8>, now: Int64, reporter: Reporter
    ) -> Int? {
        guard let index = find(head, in: line) else {
            strangers += 1
            if strangers == 1 { reporter.warn("a record of a stream nobody asked for: \(head.stream.text(in: line))") }
            return nil
        }
        all[index].records += 1
        all[index].bytes += line.count + 1
        all[index].sinceState += 1
        all[index].touch(now)
        all[index].endLimit(now: now)
        return index
    }

    private func find(_ head: RecordHead, in line: UnsafeBufferPointer<UInt8>) -> Int? {
        if !hasNamespaces, head.namespace == nil, !head.stream.isEscaped {
            return table.index(of: UnsafeBufferPointer(rebasing: line[head.stream.start..<head.stream.end]))
        }
        return index(of: StreamKey(head.stream.text(in: line), namespace: head.namespace?.text(in: line)))
    }

    /// Takes over a TRACE payload that `reporter` has told people of: a status, or an error in the words that they saw.
    mutating func note(trace payload: JSON, now: Int64, reporter: Reporter) {
        if let error = reporter.trace(payload), let index = error.stream.flatMap(index) {
            all[index].fail(reporter.line(error.message))
        }
        if let report = StatusReport(trace: payload), let index = index(of: report.stream) {
            all[index].touch(now)
            all[index].status = report.status
            all[index].limit(until: report.rateLimitedUntil, now: now)
            if report.status == .incomplete { all[index].fail("the source did not complete it") }
        }
    }

    /// Compares the record count in a STATE payload with ours and starts counting anew. Returns what differs.
    mutating func settle(_ payload: JSON, now: Int64) -> String? {
        let key = StateFile.stream(of: payload)
        var counted = 0
        for index in all.indices where key == nil || all[index].key == key {
            counted += all[index].sinceState
            all[index].sinceState = 0
            all[index].states += 1
            if key != nil { all[index].touch(now) }
        }
        guard let claimed = payload["sourceStats"]?["recordCount"]?.integer, claimed != counted else { return nil }
        return "\(key.map { "stream \($0)" } ?? "all streams"): the source counts \(claimed) records since its"
            + " last state, \(counted) arrived"
    }
}

extension StreamAccounts {
    /// Once the source has ended: marks the streams that are not fine.
    ///
    /// A source that reports statuses and never completes a stream that starts over has not read all of it, whatever
    /// its exit code; replacing the table would throw rows away. Incremental streams only lack the word.
    mutating func judge(endedWell: Bool, wasStopped: Bool, reporter: Reporter, isIncremental: (Int) -> Bool) {
        let reportsStatuses = all.contains { $0.status != nil }
        for index in all.indices where all[index].failure == nil && all[index].status != .complete {
            if !endedWell {
                all[index].fail(wasStopped ? "interrupted" : "the source ended before it was complete")
            } else if reportsStatuses, isIncremental(index) {
                reporter.warn("stream \(all[index].key) was not reported complete")
            } else if reportsStatuses {
                all[index].fail("the source did not report it complete")
            }
        }
    }
}
