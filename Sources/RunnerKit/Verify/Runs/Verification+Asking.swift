import AirbyteProtocol
import JSONBytes

/// `spec`, `check` and the command line.
extension Verification {
    /// Asks for the specification.
    mutating func verifySpec() throws(RunnerError) {
        let evidence = try observe(ask("spec", ["spec"]))
        requireOne(.spec, in: evidence, .specIsOneMessage)
        findings.require(evidence.succeeded, .specEndsWell, evidence.ending)
        let broken = Rule.spec.filter { $0 != .specIsOneMessage && $0 != .specEndsWell }
        guard let spec = evidence.answers.first else { return findings.skip(broken, because: "there is no SPEC") }
        findings.merge(SpecJudge.judge(spec), label: "spec")
        specification = spec["connectionSpecification"].flatMap { $0.members == nil ? nil : $0 }
        if let specification {
            findings.merge(SpecJudge.judge(source.value, by: specification), label: options.config)
        }
        secrets = SecretSearch(source.value, specification: specification).found
        if let bad = try badConfiguration { secrets.formUnion(SecretSearch(bad, specification: specification).found) }
        reporter.hide(secrets, anew: true)
        probe.secrets = SecretScan(secrets)
    }

    private var badConfiguration: JSON? {
        get throws(RunnerError) {
            guard let path = options.badConfig else { return nil }
            guard let bytes = try Files.read(path) else {
                throw RunnerError(.usage, "there is no configuration file \(path)")
            }
            // It may be bad in this way, too.
            return try? JSON(parsing: bytes)
        }
    }

    private mutating func requireOne(_ type: MessageType, in evidence: RunEvidence, _ rule: Rule) {
        let count = evidence.messages[type] ?? 0
        findings.require(count == 1, rule, "\(evidence.label): \(count) of them, \(evidence.ending)")
    }

    /// Asks whether the source can connect.
    mutating func verifyCheck() throws(RunnerError) {
        let start = Clock.monotonic()
        let evidence = try observe(ask("check", ["check", "--config", config]))
        checkDuration = Clock.monotonic() - start
        requireOne(.connectionStatus, in: evidence, .checkIsOneMessage)
        guard let answer = evidence.answers.first else {
            return findings.skip(
                [.checkStatusIsKnown, .checkSucceeds, .checkEndsWell], because: "there is no CONNECTION_STATUS")
        }
        let status = answer["status"]?.string
        let isKnown = status == "SUCCEEDED" || status == "FAILED"
        findings.require(isKnown, .checkStatusIsKnown, "the status is \(answer["status"]?.text ?? "missing")")
        if isKnown {
            findings.require(status == "SUCCEEDED", .checkSucceeds, "FAILED: \(answer["message"]?.string ?? "")")
        }
        if status == "SUCCEEDED" {
            findings.require(evidence.succeeded, .checkEndsWell, evidence.ending)
        } else {
            judgeFailure(evidence)
        }
        connects = status == "SUCCEEDED" && evidence.succeeded
    }

    /// Judges the form of a `check` that has found something wrong.
    private mutating func judgeFailure(_ evidence: RunEvidence) {
        guard let answer = evidence.answers.first, answer["status"]?.string == "FAILED" else { return }
        findings.require(evidence.succeeded, .checkFailureEndsWell, "\(evidence.label): \(evidence.ending)")
        let message = answer["message"]?.string ?? ""
        findings.require(
            message.contains { !$0.isWhitespace }, .checkFailureSaysWhy,
            "\(evidence.label): the message is missing or empty")
    }

    /// Asks with configurations that cannot work.
    mutating func verifyBadConfig() throws(RunnerError) {
        if let path = options.badConfig {
            let evidence = try observe(
                ask("check", ["check", "--config", path], as: "check (bad configuration)").withOtherConfiguration)
            let status = evidence.answers.first?["status"]?.string
            findings.require(status != "SUCCEEDED", .checkRefusesBad, "the status is SUCCEEDED")
            if status != "SUCCEEDED" {
                findings.require(status == "FAILED", .checkFailureIsStatus, "no such status; \(evidence.ending)")
            }
            judgeFailure(evidence)
            try verifyDiscoverFailure(path)
        } else {
            findings.skip(
                [
                    .checkRefusesBad, .checkFailureIsStatus, .checkFailureEndsWell, .checkFailureSaysWhy,
                    .discoverRefusesBad, .readFailureIsTold, .statusCompleteIsTrue, .traceBlamesConfig,
                ],
                because: "there is no --bad-config")
        }
        try verifyEmptyConfig()
        try verifyConfigFile()
    }

    private mutating func verifyDiscoverFailure(_ path: String) throws(RunnerError) {
        let request = ask(
            "discover", ["discover", "--config", path], as: "discover (bad configuration)", expectsFailure: true)
        let evidence = try observe(request.withOtherConfiguration)
        // A source whose streams are always the same need not connect to tell them.
        guard evidence.messages[.catalog] == nil else {
            return findings.skip([.discoverRefusesBad], because: "`discover` needs no connection")
        }
        findings.require(
            evidence.end != .exited(0) && !evidence.errors.isEmpty, .discoverRefusesBad,
            "no CATALOG, \(evidence.errors.isEmpty ? "no TRACE ERROR, " : "")\(evidence.ending)")
        requireBlame(in: evidence)
    }

    /// Requires that the first TRACE ERROR of a run with the bad configuration blames the configuration.
    mutating func requireBlame(in evidence: RunEvidence) {
        guard let error = evidence.firstError else { return }
        findings.require(
            error.failureType == .config, .traceBlamesConfig,
            "\(evidence.label): the first TRACE ERROR has \(error.failureType?.rawValue ?? "no failure_type")")
    }

    private mutating func verifyEmptyConfig() throws(RunnerError) {
        guard specification?["required"]?.array?.isEmpty == false else {
            return findings.skip([.checkRefusesEmpty], because: "the specification requires nothing")
        }
        let path = try files.add("empty.json", "{}")
        let evidence = try observe(
            ask("check", ["check", "--config", path], as: "check (empty configuration)", expectsFailure: true)
                .withOtherConfiguration)
        let status = evidence.answers.first?["status"]?.string
        findings.require(status != "SUCCEEDED", .checkRefusesEmpty, "the status is SUCCEEDED")
    }

    private mutating func verifyConfigFile() throws(RunnerError) {
        for (label, path) in [
            ("check (no configuration file)", files.missing),
            ("check (a configuration file that is no JSON)", try files.add("broken.json", "{\"open\": ")),
        ] {
            let request = ask("check", ["check", "--config", path], as: label, expectsFailure: true)
            let evidence = try observe(request.withOtherConfiguration)
            let status = evidence.answers.first?["status"]?.string
            findings.require(
                status == "FAILED" || status == nil && evidence.end != .exited(0), .checkNeedsFile,
                "\(label): \(status.map { "the status is \($0)" } ?? "no status, \(evidence.ending)")")
        }
    }

    /// Forms of the command line that runners use.
    mutating func verifyCommandLine() throws(RunnerError) {
        let dashes = try observe(ask("spec", ["--", "spec"], as: "-- spec"), isProtocol: false)
        findings.require(dashes.messages[.spec] != nil, .takesDashes, dashes.ending)
        let verb = try observe(
            ask("frobnicate", ["frobnicate"], as: "an unknown verb", expectsFailure: true), isProtocol: false)
        findings.require(verb.end != .exited(0), .refusesUnknownVerb, "`frobnicate` ends with \(verb.ending)")
        guard connects else {
            return findings.skip(
                [.takesEqualsForm, .takesDebug, .takesRelativePaths, .leavesInput],
                because: "`check` does not succeed")
        }
        try requireCheck(["check", "--config=\(config)"], .takesEqualsForm)
        try requireCheck(["check", "--debug", "--config", config], .takesDebug)
        var request = ask("check", ["check", "--config", config], as: "check (standard input stays open)")
        // As long as it may take, and not five minutes where it is waited for in vain.
        (request.hasOpenInput, request.silence) = (true, min(request.silence, max(20_000, 5 * checkDuration)))
        let evidence = try observe(request, isProtocol: false)
        findings.require(
            !evidence.fellSilent, .leavesInput, "nothing came while standard input was open and empty")
        let file = try files.add("configuration.txt", source.value.text, mode: 0o400)
        try requireCheck(["check", "--config", VerificationFiles.relative(file) ?? file], .takesRelativePaths)
    }

    private mutating func requireCheck(_ words: [String], _ rule: Rule) throws(RunnerError) {
        let label =
            words[1] == "--debug"
            ? "check --debug" : rule == .takesEqualsForm ? "check --config=FILE" : "check --config ../FILE.txt"
        let evidence = try observe(ask("check", words, as: label))
        let status = evidence.answers.first?["status"]?.string
        findings.require(
            status == "SUCCEEDED" && evidence.succeeded, rule,
            "the status is \(status ?? "missing"), \(evidence.ending)")
    }

    /// Asks for the streams, twice.
    mutating func verifyDiscover() throws(RunnerError) {
        let evidence = try observe(ask("discover", ["discover", "--config", config]))
        requireOne(.catalog, in: evidence, .discoverIsOneMessage)
        findings.require(evidence.succeeded, .discoverEndsWell, evidence.ending)
        guard let catalog = evidence.answers.first else {
            return findings.skip(Rule.discover, because: "there is no CATALOG")
        }
        findings.merge(CatalogJudge.judge(catalog), label: "discover")
        let again = try observe(ask("discover", ["discover", "--config", config], as: "discover (again)"))
        findings.require(
            again.answers.first.map { Self.sorted($0) == Self.sorted(catalog) } ?? false, .discoverIsSteady,
            "the second catalog differs from the first")
        var seen: Set<StreamKey> = []
        let offered = (catalog["streams"]?.array ?? []).compactMap(VerifiedStream.init).filter {
            !$0.key.name.isEmpty && seen.insert($0.key).inserted
        }
        streams = try offered.selecting(options.streams)
    }

    private static func sorted(_ catalog: JSON) -> JSON {
        let streams = (catalog["streams"]?.array ?? []).map(\.canonical)
        return .array(streams.sorted { $0.text < $1.text })
    }
}

extension [VerifiedStream] {
    /// Only the named streams. Throws `.usage` when one is not there.
    func selecting(_ names: [String]?) throws(RunnerError) -> [VerifiedStream] {
        guard let names else { return self }
        for name in names where !contains(where: { $0.key.name == name || $0.key.description == name }) {
            let known = map(\.key.description).sorted().joined(separator: ", ")
            throw RunnerError(.usage, "the source has no stream `\(name)`; it has: \(known)")
        }
        return filter { names.contains($0.key.name) || names.contains($0.key.description) }
    }
}
