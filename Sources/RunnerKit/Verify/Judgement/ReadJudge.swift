import AirbyteProtocol

/// Judges several reads together: whether one has all that another has.
enum ReadJudge {
    /// Two full reads of data that stand still.
    static func judge(_ first: RunEvidence, again second: RunEvidence) -> Findings {
        var findings = Findings()
        for former in first.streams {
            guard let later = second[former.key] else { continue }
            let key = former.key
            let (lost, new) = (former.log.missing(from: later.log), later.log.missing(from: former.log))
            guard !former.request.stream.primaryKey.isEmpty else {
                // Without a key only the number tells whether records are lost.
                findings.require(
                    former.records == later.records, .readTwiceIsSame,
                    "`\(key)`: \(former.records) records, then \(later.records)")
                findings.require(
                    lost + new == 0, .readTwiceHasSameValues, "`\(key)`: \(lost) of \(former.records) records differ")
                continue
            }
            findings.require(
                lost + new == 0, .readTwiceIsSame,
                "`\(key)`: the second read lacks \(lost) records and has \(new) others")
            let changed = former.log.changed(in: later.log)
            findings.require(
                changed == 0, .readTwiceHasSameValues,
                "`\(key)`: \(changed) of \(former.records) records have other values in the second read")
        }
        return findings
    }

    /// How many records of `expected` are in a later read of the same stream in neither way: not in `later`, and not in
    /// `earlier` before its STATE number `states`. Nil where records cannot be told apart: without a key, their values
    /// have to be `steady`.
    static func lost(
        of expected: StreamWatch, in later: StreamWatch, earlier: StreamWatch? = nil, before states: UInt32 = 0,
        steady: Set<StreamKey>
    ) -> Int? {
        guard !expected.request.stream.primaryKey.isEmpty || steady.contains(expected.key) else { return nil }
        return expected.log.missing(from: later.log, and: earlier?.log, before: states)
    }

    /// Streams whose records had the same values both times.
    static func steady(_ first: RunEvidence, _ second: RunEvidence) -> Set<StreamKey> {
        Set(
            first.streams.filter { stream in
                guard let later = second[stream.key] else { return false }
                return stream.log.missing(from: later.log) + later.log.missing(from: stream.log) == 0
                    && stream.log.changed(in: later.log) == 0
            }.map(\.key))
    }
}
