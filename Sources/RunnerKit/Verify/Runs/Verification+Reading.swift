import AirbyteProtocol
import JSONBytes

/// Reads from the beginning and from states.
extension Verification {
    /// Reads everything twice.
    mutating func verifyFullRefresh() throws(RunnerError) {
        let requests = streams.map { StreamRequest($0, incremental: false) }
        let first = try observe(try read(requests, as: "read (full refresh)"))
        findings.require(first.succeeded, .readEndsWell, "\(first.label): \(first.ending)")
        guard first.succeeded else {
            let reason = "the first `read` fails"
            return findings.skip(Rule.read + Rule.status + [.stateFollowsFullRefresh], because: reason)
        }
        findings.require(first.records > 0, .readBringsRecords, "no record at all")
        full = first
        let second = try observe(try read(requests, as: "read (full refresh, again)"))
        findings.require(second.succeeded, .readEndsWell, "\(second.label): \(second.ending)")
        guard second.succeeded else { return }
        findings.merge(ReadJudge.judge(first, again: second), label: "read (full refresh) twice")
        steady = ReadJudge.steady(first, second)
        try verifyTimeZone(first)
    }

    /// Reads once more as if the machine stood somewhere else.
    private mutating func verifyTimeZone(_ first: RunEvidence) throws(RunnerError) {
        let requests = light.filter { steady.contains($0.key) }.map { StreamRequest($0, incremental: false) }
        guard requests.contains(where: { first[$0.stream.key]?.records ?? 0 > 0 }) else {
            return findings.skip([.readIgnoresZone], because: "no stream brings the same values twice")
        }
        var request = try read(requests, as: "read (with another time zone)")
        // In the form that needs no table of zones.
        request.environment = ["TZ=NPT-5:45"]
        let later = try observe(request)
        findings.require(later.succeeded, .readIgnoresZone, later.ending)
        guard later.succeeded else { return }
        for stream in later.streams {
            guard let former = first[stream.key] else { continue }
            let changed = former.log.missing(from: stream.log) + former.log.changed(in: stream.log)
            findings.require(
                changed == 0, .readIgnoresZone,
                "`\(stream.key)`: \(changed) of \(former.records) records differ with TZ=NPT-5:45")
        }
    }

    /// Reads incrementally: from nothing, and from some of the states that come.
    mutating func verifyIncremental() throws(RunnerError) {
        let able = streams.filter(\.supportsIncremental)
        guard !able.isEmpty else {
            let rules =
                Rule.incremental + [
                    .stateFollowsRecords, .stateIsNotRepeated, .recordCursorIsNotNull, .termKeepsPromises,
                ]
            return findings.skip(rules, because: "no stream is incremental")
        }
        let requests = able.map { StreamRequest($0, incremental: true) }
        let first = try observe(try read(requests, as: "read (incremental)"))
        findings.require(first.succeeded, .readEndsWell, "\(first.label): \(first.ending)")
        guard first.succeeded else {
            return findings.skip(Rule.incremental, because: "the first incremental `read` fails")
        }
        incremental = first
        judgeWhole(first)
        if let flaw = flawOfStates {
            return findings.skip(Rule.incremental.filter { $0 != .incrementalIsWhole }, because: flaw)
        }
        let wasLimitedByGlobal = first.samples.last != nil
        for round in 0..<StateSamples.limit {
            try wasLimitedByGlobal ? goOn(fromGlobal: round) : goOn(from: round)
        }
        try goOnFromTheLast()
    }

    private mutating func judgeWhole(_ first: RunEvidence) {
        guard let full else { return }
        for stream in first.streams where stream.request.stream.supportsFullRefresh {
            guard let expected = full[stream.key],
                let lost = ReadJudge.lost(of: expected, in: stream, steady: steady)
            else { continue }
            findings.require(
                lost == 0, .incrementalIsWhole,
                "`\(stream.key)`: \(lost) of \(expected.records) records of the full refresh do not come")
        }
    }

    /// Goes on from a state of each stream, taken somewhere in the middle: the first round from early ones, the last from
    /// the last but one.
    private mutating func goOn(from round: Int) throws(RunnerError) {
        guard let first = incremental else { return }
        let starts = first.streams.compactMap { stream in
            let chosen = stream.samples.chosen
            return round < chosen.count ? (stream: stream, sample: chosen[round]) : nil
        }
        guard !starts.isEmpty else { return }
        let state = JSON.array(starts.map { Self.plain($0.sample.payload) }).text
        let names = starts.map { "\($0.sample.number) of \($0.stream.key)" }
        let label =
            names.count > 3
            ? "read (from states of \(names.count) streams, round \(round + 1))"
            : "read (from state \(names.joined(separator: ", ")))"
        let request = try read(starts.map(\.stream.request), as: label, state: state)
        let later = try observe(request)
        judgeGoingOn(from: starts.map { ($0.stream, $0.sample.number) }, in: later)
    }

    /// The same where a state is about all streams.
    private mutating func goOn(fromGlobal round: Int) throws(RunnerError) {
        guard let first = incremental, round < first.samples.chosen.count else { return }
        let sample = first.samples.chosen[round]
        let request = try read(
            first.streams.map(\.request), as: "read (from state \(sample.number) of all streams)",
            state: Self.file(of: sample.payload))
        let later = try observe(request)
        judgeGoingOn(from: first.streams.map { ($0, sample.number) }, in: later)
    }

    /// Judges a read that went on from the states with these numbers.
    mutating func judgeGoingOn(from starts: [(stream: StreamWatch, number: UInt32)], in later: RunEvidence) {
        findings.require(later.succeeded, .incrementalEndsWell, "\(later.label): \(later.ending)")
        guard later.succeeded else { return }
        for (stream, number) in starts {
            guard let rest = later[stream.key],
                let lost = ReadJudge.lost(of: stream, in: rest, earlier: stream, before: number, steady: steady)
            else { continue }
            findings.require(
                lost == 0, .incrementalLosesNothing,
                "`\(stream.key)`: \(lost) of \(stream.records) records come neither before its STATE number \(number) nor after it"
            )
        }
    }

    /// Goes on from the last state: everything has been read.
    private mutating func goOnFromTheLast() throws(RunnerError) {
        guard let first = incremental, let state = lastStates(of: first) else {
            return findings.skip(
                [.incrementalSavesWork, .incrementalEndsWell, .incrementalLosesNothing], because: "no STATE came")
        }
        let later = try observe(
            try read(first.streams.map(\.request), as: "read (from the last state)", state: state))
        findings.require(later.succeeded, .incrementalEndsWell, "\(later.label): \(later.ending)")
        guard later.succeeded else { return }
        // Some records come again where a cursor is as coarse as a day, so a few prove nothing. Nor do records with other values:
        // a listing that tells what is gone stamps all that is there.
        for stream in first.streams where stream.records >= 20 && stream.states > 0 {
            guard let again = later[stream.key] else { continue }
            let isAll = stream.log.missing(from: again.log) == 0 && stream.log.changed(in: again.log) == 0
            findings.require(!isAll, .incrementalSavesWork, "`\(stream.key)`: all \(again.records) records come again")
        }
    }

    /// The last states of a read as a file for `--state`; nil when none came.
    func lastStates(of evidence: RunEvidence) -> String? {
        if let last = evidence.samples.last { return Self.file(of: last.payload) }
        let states = evidence.streams.compactMap { $0.samples.last?.payload }
        return states.isEmpty ? nil : JSON.array(states.map(Self.plain)).text
    }

    /// A GLOBAL state is handed over in a list, a LEGACY one is the file itself.
    private static func file(of payload: JSON) -> String {
        payload["global"] == nil ? (payload["data"] ?? payload).text : JSON.array([plain(payload)]).text
    }

    /// A state without what is told along with it.
    static func plain(_ payload: JSON) -> JSON {
        .object((payload.members ?? []).filter { ["type", "stream", "global", "data"].contains($0.name) })
    }
}
