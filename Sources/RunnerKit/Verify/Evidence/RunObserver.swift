import AirbyteProtocol
import JSONBytes

/// Watches one run of the source: judges every line as it passes and keeps only what is needed later.
struct RunObserver {
    /// What has been seen so far.
    private(set) var evidence: RunEvidence
    private let run: SourceRequest
    private let secrets: SecretScan
    private var place = Place()
    private var reader = MessageReader()
    private var check = RecordCheck()
    private var hasNamespaces: Bool
    private var estimates: Set<String> = []
    /// Records since the last STATE about all streams.
    private var sinceState = 0
    /// Lines that may have been records of streams that were asked for, and could not be counted.
    private var lost = 0
    private var statesAreOfAllStreams: Bool?
    private var hasLines = false

    /// A run that begins.
    init(_ run: SourceRequest, secrets: SecretScan) {
        self.run = run
        self.secrets = secrets
        evidence = RunEvidence(label: run.label)
        evidence.streams = run.streams.map(StreamWatch.init)
        hasNamespaces = run.streams.contains { $0.stream.key.namespace != nil }
        evidence.findings.examine(.outputIsAlive, .errorsAreFew)
        if !secrets.isEmpty, run.verb != "spec" { evidence.findings.examine(.outputHidesSecrets) }
    }

    /// Takes a line of standard error that is too long to be kept.
    mutating func take(tooLongError length: Int) { evidence.errorBytes += length + 1 }

    /// Takes a line of standard error.
    mutating func take(error bytes: UnsafeBufferPointer<UInt8>) {
        evidence.errorBytes += bytes.count + 1
        let text = String(decoding: bytes.prefix(1000), as: UTF8.self)
        if text.contains(where: { !$0.isWhitespace }) { evidence.lastWords = text }
        guard run.verb != "spec", secrets.finds(in: bytes) else { return }
        evidence.findings.breach(.outputHidesSecrets, "standard error has a secret of the configuration")
    }

    /// Takes a line that is too long to be kept.
    mutating func take(tooLong length: Int) {
        lost += 1
        place.line += 1
        evidence.findings.breach(.outputIsShort, "\(place) has \(length) bytes")
    }

    /// Takes a line of standard output.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        place.line += 1
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        examineOutput()
        LineCheck.judge(bytes, place: place, into: &evidence.findings)
        let message = reader.read(bytes)
        switch message {
        case .record(let head):
            noteType(.record)
            take(head, bytes)
        case .message(let type, let payload):
            noteType(type)
            take(type, payload, bytes)
        case .noise: takeNoise(bytes)
        }
        lookForSecrets(message, bytes)
    }

    /// Once is enough, and there are millions of lines.
    private mutating func examineOutput() {
        guard !hasLines else { return }
        hasLines = true
        evidence.findings.examine(.outputIsJSON, .outputIsUTF8, .outputIsFinite, .outputIsShort)
        evidence.findings.examine(.outputHasNoSeparators, .outputHasNoLoneSurrogates, .outputHasNoNUL)
    }

    private mutating func lookForSecrets(_ message: SourceLine, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard run.verb != "spec", !secrets.isEmpty else { return }
        let isFound =
            switch message {
            case .record: secrets.findsPlain(in: bytes)
            // A new token has to be told.
            case .message(.control, _): false
            default: secrets.finds(in: bytes)
            }
        if isFound { evidence.findings.breach(.outputHidesSecrets, "\(place) has a secret of the configuration") }
    }

    private mutating func noteType(_ type: MessageType) {
        if evidence.messages[type] == nil {
            evidence.findings.examine(.outputHasTypes, .outputHasPayload, .outputBelongs)
        }
        evidence.messages[type, default: 0] += 1
        guard !run.types.contains(type) else { return }
        evidence.findings.breach(.outputBelongs, "\(place): a \(type.rawValue) in answer to `\(run.verb)`")
    }

    /// A line that is no whole message: what is wrong with it?
    private mutating func takeNoise(_ bytes: UnsafeBufferPointer<UInt8>) {
        lost += 1
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes) } catch {
            return LineCheck.judge(error, in: bytes, place: place, into: &evidence.findings)
        }
        guard document.members != nil else {
            return evidence.findings.breach(.outputIsJSON, "\(place) is \(document.kindName), not an object")
        }
        guard let word = document["type"] else {
            return evidence.findings.breach(.outputHasTypes, "\(place) has no `type`")
        }
        guard let type = word.string.flatMap(MessageType.init(rawValue:)) else {
            return evidence.findings.breach(.outputHasTypes, "\(place) has the type \(word.text)")
        }
        noteType(type)
        guard type == .record, document["record"]?.members != nil else {
            return evidence.findings.breach(
                .outputHasPayload, "\(place): a \(type.rawValue) without an object `\(type.payloadName)`")
        }
        let record = document["record"]
        let lack = record?["stream"]?.string == nil ? "a text `stream`" : "an object `data`"
        evidence.findings.breach(.recordIsWhole, "\(place): a RECORD without \(lack)")
    }

    private mutating func take(_ head: RecordHead, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard run.types.contains(.record) else { return }
        check.judge(head, bytes, place: place, into: &evidence.findings)
        let key = StreamKey(head.stream.text(in: bytes), namespace: head.namespace?.text(in: bytes))
        guard let index = evidence.streams.firstIndex(where: { $0.key == key }) else { return noteStranger(key) }
        let request = evidence.streams[index].request
        if evidence.streams[index].records == 0 { examineRecords(of: request) }
        let identity = check.judge(reader.fields, of: request, bytes, place: place, into: &evidence.findings)
        sinceState += 1
        evidence.streams[index].note(
            key: identity.key, content: identity.content, place: place, into: &evidence.findings)
    }

    private mutating func examineRecords(of request: StreamRequest) {
        evidence.findings.examine(.recordIsWhole, .recordIsStamped, .recordIsAskedFor, .recordIsNotEmpty)
        evidence.findings.examine(.recordFits, .recordDatesHaveForm, .recordIntegersAreWhole, .recordIntegersAreNarrow)
        evidence.findings.examine(.recordDatesAreUTC, .recordHasItsNamespace, .recordMembersAreUnique)
        evidence.findings.examine(.recordIsStampedNow, .recordNumbersAreFinite)
        if !request.stream.primaryKey.isEmpty { evidence.findings.examine(.recordKeyIsNotNull, .recordKeyIsUnique) }
        if request.isIncremental, !request.stream.cursor.isEmpty { evidence.findings.examine(.recordCursorIsNotNull) }
    }

    /// What a source sends in place of a refusal is of other streams anyway.
    private mutating func noteStranger(_ key: StreamKey) {
        lost += 1
        guard !run.expectsFailure else { return }
        if let stream = evidence.streams.first(where: { $0.key.name == key.name }) {
            let (found, wanted) = (key.namespace ?? "none", stream.key.namespace ?? "none")
            evidence.findings.breach(
                .recordHasItsNamespace,
                "\(place): a record of `\(key.name)` has the namespace \(found), its stream \(wanted)")
        } else {
            evidence.findings.breach(.recordIsAskedFor, "\(place): a record of `\(key)`, which was not asked for")
        }
    }

    private mutating func take(_ type: MessageType, _ payload: JSON, _ bytes: UnsafeBufferPointer<UInt8>) {
        switch type {
        case .spec, .connectionStatus, .catalog:
            if evidence.answers.count < 3 { evidence.answers.append(payload) }
        case .log:
            require(MessageShape.fault(log: payload), .logIsWellFormed, "LOG")
            let level = payload["level"]?.string.flatMap(LogLevel.init(rawValue:)) ?? .info
            if level >= .error { evidence.errorLogs += 1 }
        case .control:
            require(MessageShape.fault(control: payload), .controlIsWellFormed, "CONTROL")
            if let changed = payload["connectorConfig"]?["config"], changed.members != nil {
                evidence.configuration = changed
            }
        case .trace: take(trace: payload)
        case .state: take(state: payload, bytes)
        case .record: break
        }
    }

    private mutating func require(_ fault: String?, _ rule: Rule, _ what: String) {
        evidence.findings.require(fault == nil, rule, "\(place): \(what) with \(fault ?? "")")
    }

    private mutating func take(trace payload: JSON) {
        require(MessageShape.fault(trace: payload), .traceIsWellFormed, "TRACE")
        if let error = TraceError(trace: payload) {
            evidence.firstError = evidence.firstError ?? error
            if evidence.errors.count < 20 { evidence.errors.append(error.message) }
        }
        if let kind = payload["estimate"]?["type"]?.string { estimates.insert(kind) }
        guard let report = StatusReport(trace: payload) else { return }
        evidence.tellsStatuses = true
        guard let index = evidence.streams.firstIndex(where: { $0.key == report.stream }) else {
            return run.expectsFailure
                ? () : evidence.findings.breach(.statusIsAskedFor, "\(place): a status of `\(report.stream)`")
        }
        evidence.findings.examine(.statusIsAskedFor, .statusNothingFollows)
        evidence.streams[index].note(report.status, place: place, into: &evidence.findings)
    }

    private mutating func take(state payload: JSON, _ bytes: UnsafeBufferPointer<UInt8>) {
        require(MessageShape.fault(state: payload), .stateIsWellFormed, "STATE")
        evidence.findings.require(payload["id"] == nil, .stateHasNoID, "\(place): the STATE has an `id`")
        evidence.findings.require(bytes.count < 1_000_000, .stateIsSmall, "\(place): a STATE of \(bytes.count) bytes")
        var hash = ByteHash()
        hash.add(bytes)
        let line = MessageShape.fault(state: payload) == nil ? hash.mixed : nil
        // After a STATE of a stranger nobody knows whose records it has counted.
        let isCounted = evidence.findings.breaches[.stateIsAskedFor] == nil
        let count = isCounted ? payload["sourceStats"]?["recordCount"]?.integer : nil
        let isOfAll = StateFile.stream(of: payload) == nil
        findOneKind(isOfAll)
        if let key = StateFile.stream(of: payload) {
            guard let index = evidence.streams.firstIndex(where: { $0.key == key }) else {
                return run.expectsFailure
                    ? ()
                    : evidence.findings.breach(
                        .stateIsAskedFor, "\(place): a STATE of `\(key)`, which was not asked for")
            }
            evidence.findings.examine(.stateIsAskedFor)
            evidence.streams[index].note(
                state: payload, line: line, count: count, lost: lost, place: place, into: &evidence.findings)
        } else {
            takeGlobal(payload, line, count)
        }
    }

    /// Whether this STATE is of the same kind as the first one.
    private mutating func findOneKind(_ isOfAll: Bool) {
        let kind = isOfAll ? "about all streams" : "about one stream"
        evidence.findings.require(
            statesAreOfAllStreams ?? isOfAll == isOfAll, .stateIsOfOneKind,
            "\(place): a STATE \(kind), and the first was of the other kind")
        statesAreOfAllStreams = statesAreOfAllStreams ?? isOfAll
    }

    /// A STATE about all streams.
    private mutating func takeGlobal(_ payload: JSON, _ hash: UInt64?, _ count: Int64?) {
        if let count {
            evidence.findings.require(
                (0...lost).contains(Int(count) - sinceState), .stateCountIsRight,
                "\(place): the STATE counts \(count) records, \(sinceState) came")
        }
        sinceState = 0
        evidence.samples.add(payload, number: (evidence.samples.last?.number ?? 0) + 1)
        for index in evidence.streams.indices {
            evidence.streams[index].note(
                state: payload, line: hash, count: nil, lost: 0, place: place, into: &evidence.findings)
        }
    }
}

extension RunObserver {
    /// The run has ended: judges what can be judged only now.
    mutating func finish(
        _ end: SourceEnd, lacksNewline: Bool = false, fellSilent: Bool = false, leftOthers: Bool = false
    ) {
        evidence.end = end
        evidence.fellSilent = fellSilent
        evidence.findings.require(
            !fellSilent, .outputIsAlive, "nothing came for \(run.silence / 1000) seconds, so it was ended")
        evidence.findings.require(!lacksNewline, .outputEndsWithNewline, "the last line lacks its line feed")
        evidence.findings.require(
            evidence.errorBytes < 65_536, .errorsAreFew, "\(evidence.errorBytes) bytes on standard error")
        evidence.findings.require(
            !leftOthers, .leavesNothingRunning, "something that it had started held its outputs open after its end")
        guard evidence.succeeded, !run.expectsFailure else { return }
        // A `check` that finds something wrong says so in its status, and may log it.
        let hasFailed = evidence.answers.first?["status"]?.string == "FAILED"
        if evidence.messages[.log] != nil, !hasFailed {
            evidence.findings.require(
                evidence.errorLogs == 0, .logErrorsAreFailures,
                "\(evidence.errorLogs) LOGs of ERROR or FATAL and exit code 0")
        }
        if !estimates.isEmpty {
            evidence.findings.require(estimates.count == 1, .traceEstimatesAgree, "ESTIMATEs of STREAM and of SYNC")
        }
        guard run.verb == "read" else {
            // `check` says in its status that it failed.
            if run.verb != "check" { requireNoErrors() }
            return
        }
        requireNoErrors()
        let tellsStatuses = evidence.tellsStatuses || run.hasToldStatuses
        evidence.findings.require(tellsStatuses, .statusIsTold, "no STREAM_STATUS at all")
        let failed = evidence.streams.filter { $0.statuses.last == .incomplete }
        for stream in failed {
            evidence.findings.breach(.traceErrorFailsRun, "`\(stream.key)` is INCOMPLETE and the exit code 0")
        }
        for stream in evidence.streams { stream.judgeEnd(tellsStatuses: tellsStatuses, into: &evidence.findings) }
    }

    private mutating func requireNoErrors() {
        let message = evidence.errors.first ?? ""
        evidence.findings.require(
            evidence.errors.isEmpty, .traceErrorFailsRun, "a TRACE ERROR (\"\(message)\") and exit code 0")
    }
}
