import AirbyteProtocol

/// Reads that cannot bring everything, and whether the source says so.
extension Verification {
    /// Reads with the bad configuration.
    mutating func verifyReadFailure() throws(RunnerError) {
        let rules = [Rule.readFailureIsTold, .statusCompleteIsTrue]
        guard let path = options.badConfig else { return }
        guard let full else { return findings.skip(rules, because: "the first `read` fails") }
        let requests = light.map { StreamRequest($0, incremental: false) }
        var request = try read(requests, as: "read (bad configuration)", expectsFailure: true)
        request.arguments = request.arguments.map { $0 == config ? path : $0 }
        let evidence = try observe(request.withOtherConfiguration)
        guard evidence.streams.contains(where: { $0.records < full[$0.key]?.records ?? 0 }) else {
            return findings.skip(rules, because: "a `read` with the bad configuration brings everything, too")
        }
        findings.require(
            evidence.end != .exited(0) && !evidence.errors.isEmpty, .readFailureIsTold,
            "\(evidence.records) records, \(evidence.errors.isEmpty ? "no TRACE ERROR, " : "")\(evidence.ending)")
        requireBlame(in: evidence)
        requireTruth(in: evidence)
    }

    /// Requires of a read that failed that no stream is COMPLETE whose records have not all come.
    mutating func requireTruth(in evidence: RunEvidence) {
        guard evidence.end != .exited(0) else { return }
        for stream in evidence.streams {
            let expected = (stream.request.isIncremental ? incremental : full)?[stream.key]?.records ?? 0
            findings.require(
                stream.records >= expected || !stream.statuses.contains(.complete), .statusCompleteIsTrue,
                "\(evidence.label): `\(stream.key)` is COMPLETE with \(stream.records) of \(expected) records")
        }
    }
}
