import AirbyteProtocol

/// How the source lives as a process: signals, pipes, readers that stall.
extension Verification {
    /// Reads three times and is unkind each time.
    mutating func verifyProcess() throws(RunnerError) {
        guard (full?.records ?? incremental?.records ?? 0) > 0 else {
            return findings.skip(Rule.process, because: "there is no record to read")
        }
        try verifyStall()
        try verifyClosedPipe()
        try verifyTerm()
    }

    /// All streams, as far as possible in the mode that has states in the middle.
    private var requests: [StreamRequest] { streams.map { StreamRequest($0, incremental: incremental != nil) } }

    /// Whether a STATE comes before the last record.
    private var hasStatesInside: Bool {
        guard let incremental else { return false }
        return !incremental.samples.chosen.isEmpty || incremental.streams.contains { !$0.samples.chosen.isEmpty }
    }

    private mutating func interrupt(
        _ unkindness: InterruptedRead.Unkindness, as label: String, waitsForState: Bool = false
    ) throws(RunnerError) -> InterruptedRead.Outcome {
        reporter.showStep("verify: \(label)")
        var read = try InterruptedRead(
            try self.read(requests, as: label), of: probe, unkindness, waitsForState: waitsForState)
        let outcome = try read.run()
        tell(outcome.evidence)
        try keep(outcome.evidence.configuration, of: label)
        return outcome
    }

    private mutating func verifyStall() throws(RunnerError) {
        let outcome = try interrupt(.stall, as: "read (the reader stalls for 4 seconds)")
        guard outcome.wasInterrupted else {
            return findings.skip([.waitsForReader, .losesNothingByWaiting], because: "it had ended before")
        }
        if let growth = outcome.growth {
            findings.require(
                growth < 64 << 20, .waitsForReader, "the memory grew by \(growth >> 20) MB while nothing was read")
        } else {
            findings.skip([.waitsForReader], because: "this system does not tell how much memory a process has")
        }
        requireAll(in: outcome.evidence, .losesNothingByWaiting)
    }

    private mutating func verifyClosedPipe() throws(RunnerError) {
        let outcome = try interrupt(.close, as: "read (the reader goes away)")
        guard outcome.wasInterrupted else { return findings.skip([.endsOnClosedPipe], because: "it had ended before") }
        findings.require(!outcome.wasKilled, .endsOnClosedPipe, "it was still there after 30 seconds")
    }

    private mutating func verifyTerm() throws(RunnerError) {
        let outcome = try interrupt(.term, as: "read (SIGTERM)", waitsForState: hasStatesInside)
        guard outcome.wasInterrupted else {
            return findings.skip([.endsOnTerm, .termIsNoSuccess, .termKeepsPromises], because: "it had ended before")
        }
        let evidence = outcome.evidence
        let wasCut = isCut(evidence)
        let wentOn = !wasCut && evidence.end == .exited(0) && outcome.bytesAfter > 32 << 10
        findings.require(
            !outcome.wasKilled && !outcome.ignoresTerm && !wentOn, .endsOnTerm,
            outcome.wasKilled
                ? "it was still there after 5 seconds"
                : outcome.ignoresTerm
                    ? "the process ignores SIGTERM" : "it sent all the rest, \(outcome.bytesAfter) bytes")
        guard wasCut, !outcome.wasKilled else {
            return findings.skip([.termIsNoSuccess, .termKeepsPromises], because: "SIGTERM cut nothing off")
        }
        requireTruth(in: evidence)
        findings.require(evidence.end != .exited(0), .termIsNoSuccess, "\(evidence.records) records and exit code 0")
        try goOnAfterTerm(evidence)
    }

    /// Whether records are missing that the first reads brought.
    private func isCut(_ evidence: RunEvidence) -> Bool {
        evidence.streams.contains { $0.records < first(of: $0)?.records ?? 0 }
    }

    private mutating func goOnAfterTerm(_ evidence: RunEvidence) throws(RunnerError) {
        let cut = evidence.streams.filter { $0.request.isIncremental && $0.states > 0 }
        guard let first = incremental, !cut.isEmpty, let state = lastStates(of: evidence) else {
            return findings.skip([.termKeepsPromises], because: "no STATE had come")
        }
        if let flaw = flawOfStates { return findings.skip([.termKeepsPromises], because: flaw) }
        guard findings.breaches[.incrementalLosesNothing] == nil else {
            return findings.skip([.termKeepsPromises], because: "its states are ahead of their records in any read")
        }
        let later = try observe(
            try read(cut.map(\.request), as: "read (from the last state before SIGTERM)", state: state))
        findings.require(later.succeeded, .incrementalEndsWell, "\(later.label): \(later.ending)")
        guard later.succeeded else { return }
        for stream in cut {
            guard let expected = first[stream.key], let rest = later[stream.key],
                let lost = ReadJudge.lost(
                    of: expected, in: rest, earlier: stream, before: stream.states, steady: steady)
            else { continue }
            findings.require(
                lost == 0, .termKeepsPromises,
                "`\(stream.key)`: \(lost) of \(expected.records) records come neither before the last STATE nor after it"
            )
        }
    }
}
