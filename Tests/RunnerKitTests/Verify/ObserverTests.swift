import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// One read, line by line: which rules its lines break.
struct ObserverTests {
    /// A stream `t` with the key `id`, the cursor `at` and the counter `n`.
    private static let stream = #"""
        {"name":"t","supported_sync_modes":["full_refresh","incremental"],"source_defined_primary_key":[["id"]],
        "default_cursor_field":["at"],"json_schema":{"type":"object","properties":{"id":{"type":"string"},
        "n":{"type":["null","integer"]},"at":{"type":["null","string"],"format":"date-time"}}}}
        """#

    /// The rules that `lines` break in a read that ends with `end`.
    private func broken(
        _ lines: [String], verb: String = "read", incremental: Bool = true, end: SourceEnd = .exited(0),
        secrets: Set<String> = []
    ) throws -> Set<Rule> {
        let stream = try #require(VerifiedStream(try JSON(parsing: Self.stream)))
        let request = SourceRequest(
            label: "", verb: verb, arguments: [], streams: [StreamRequest(stream, incremental: incremental)],
            silence: 1000)
        var observer = RunObserver(request, secrets: SecretScan(secrets))
        for line in lines { Array(line.utf8).withUnsafeBufferPointer { observer.take($0) } }
        observer.finish(end)
        return Set(observer.evidence.findings.breaches.keys)
    }

    /// When records are emitted.
    private static let now = String(Clock.now())

    private static func record(_ id: String, _ more: String = "", stamp: String = now) -> String {
        #"{"type":"RECORD","record":{"stream":"t","emitted_at":\#(stamp),"data":{"id":"\#(id)","at":"2026-01-01T00:00:00Z"\#(more)}}}"#
    }

    private static let started = Say.status("t", "STARTED")
    private static let running = Say.status("t", "RUNNING")
    private static let complete = Say.status("t", "COMPLETE")

    /// A good read with `lines` in its middle; they hold `count` records.
    private func brokenInside(_ lines: String..., count: Int = 1) throws -> Set<Rule> {
        try broken([Self.started, Self.running] + lines + [Self.complete, Say.state("t", "{}", count: count)])
    }

    @Test func aGoodReadBreaksNothing() throws {
        #expect(try brokenInside(Self.record("a"), Self.record("b"), count: 2) == [])
        #expect(try brokenInside(Self.record("a", #","more":[1]"#)) == [])
    }

    @Test func brokenLinesAreToldApart() throws {
        let good = Self.record("a")
        #expect(try brokenInside(good, "fetching") == [.outputIsJSON])
        #expect(try brokenInside(good, "[1]") == [.outputIsJSON])
        #expect(try brokenInside(good, Self.record("b", #","n":NaN"#)) == [.outputIsFinite])
        #expect(try brokenInside(good, Self.record("b", #","n":-Infinity"#)) == [.outputIsFinite])
        #expect(try brokenInside(good, #"{"record":{}}"#) == [.outputHasTypes])
        #expect(try brokenInside(good, #"{"type":"ROW"}"#) == [.outputHasTypes])
        #expect(try brokenInside(good, #"{"type":"LOG"}"#) == [.outputHasPayload])
        #expect(try brokenInside(good, #"{"type":"SPEC","spec":{}}"#) == [.outputBelongs])
        #expect(try brokenInside(Self.record("a\u{2028}")) == [.outputHasNoSeparators])
        #expect(try brokenInside(Self.record("a\u{85}")) == [.outputHasNoSeparators])
        #expect(try brokenInside(Self.record(#"\u2028"#)) == [])
        #expect(try brokenInside(Self.record(#"\ud83d"#)) == [.outputHasNoLoneSurrogates])
        #expect(try brokenInside(Self.record(#"\ude00\ud83d"#)) == [.outputHasNoLoneSurrogates])
        #expect(try brokenInside(Self.record(#"\ud83d\ude00 \\ud83d"#)) == [])
        #expect(try brokenInside(Self.record(#"\u0000"#)) == [.outputHasNoNUL])
        var findings = Findings()
        for length in [LineCheck.lengthLimit - 1, LineCheck.lengthLimit] {
            let line = [UInt8](repeating: 0x20, count: length)
            line.withUnsafeBufferPointer { LineCheck.judge($0, place: Place(line: 1), into: &findings) }
        }
        #expect(
            findings.breaches == [.outputIsShort: Findings.Breach(count: 1, examples: ["line 1 has 10485760 bytes"])])
    }

    @Test func recordsAreJudged() throws {
        let head = #"{"type":"RECORD","record":{"stream":"t","emitted_at":\#(Self.now)"#
        #expect(try brokenInside(Self.record("a"), head + "}}") == [.recordIsWhole])
        #expect(
            try brokenInside(Self.record("a"), #"{"type":"RECORD","record":{"data":{"id":"b"}}}"#) == [.recordIsWhole])
        #expect(try brokenInside(head + #","data":{}}}"#) == [.recordIsNotEmpty])
        for stamp in ["1767225600", "1767225600000.5", "\"2026\"", "1767225600000000", "null"] {
            #expect(try brokenInside(Self.record("a", stamp: stamp)) == [.recordIsStamped], "\(stamp)")
        }
        #expect(try brokenInside(Self.record("a", stamp: "1767225600000")) == [.recordIsStampedNow])
        #expect(try brokenInside(Self.record("a", #","n":1,"n":2"#)) == [.recordMembersAreUnique])
        #expect(try brokenInside(Self.record("a", #","n":"1""#)) == [.recordFits])
        #expect(try brokenInside(Self.record("a", #","n":1.0"#)) == [.recordIntegersAreWhole])
        #expect(try brokenInside(head + #","data":{"id":"a","at":"2026"}}}"#) == [.recordDatesHaveForm])
        #expect(try brokenInside(head + #","data":{"id":"a","at":null}}}"#) == [.recordCursorIsNotNull])
        #expect(try brokenInside(head + #","data":{"at":"2026-01-01T00:00:00Z"}}}"#) == [.recordKeyIsNotNull])
        #expect(try brokenInside(Self.record("a"), Self.record("a"), count: 2) == [.recordKeyIsUnique])
        #expect(try brokenInside(Self.record("a"), Self.record(#"\u0061"#), count: 2) == [.recordKeyIsUnique])
        let stranger = Self.record("b").replacing(#""t""#, with: #""u""#)
        #expect(try brokenInside(Self.record("a"), stranger) == [.recordIsAskedFor])
        let namespaced = Self.record("b").replacing(#""stream""#, with: #""namespace":"x","stream""#)
        #expect(try brokenInside(Self.record("a"), namespaced) == [.recordHasItsNamespace])
        let meta = Self.record("a").replacing(#""stream""#, with: #""meta":{"changes":[{"field":"n"}]},"stream""#)
        #expect(try brokenInside(meta) == [.recordMetaIsWellFormed])
    }

    @Test func aKeyMayComeAgainAfterAState() throws {
        let lines = [
            Self.started, Self.running, Self.record("a"), Say.state("t", #"{"n":1}"#, count: 1), Self.record("a"),
            Self.complete, Say.state("t", #"{"n":2}"#, count: 1),
        ]
        #expect(try broken(lines) == [])
        #expect(try broken(lines, incremental: false) == [.recordKeyIsUnique])
    }

    @Test func statesAreJudged() throws {
        let begin = [Self.started, Self.running, Self.record("a"), Self.complete]
        #expect(try broken(begin) == [.stateFollowsRecords])
        #expect(try broken(begin, incremental: false) == [.stateFollowsFullRefresh])
        #expect(try broken(begin + [Say.state("t", "{}", count: 2)]) == [.stateCountIsRight])
        #expect(try broken(begin + [Say.state("t", "null", count: 1)]) == [.stateIsWellFormed])
        #expect(try broken(begin + [Say.state("u", "{}"), Say.state("t", "{}")]) == [.stateIsAskedFor])
        let numbered = Say.state("t", "{}").replacing(#""type":"STREAM""#, with: #""id":1,"type":"STREAM""#)
        #expect(try broken(begin + [numbered]) == [.stateHasNoID])
        let global = #"{"type":"STATE","state":{"type":"GLOBAL","global":{"stream_states":[]}}}"#
        #expect(try broken(begin + [global, Say.state("t", "{}", count: 0)]) == [.stateIsOfOneKind])
        let repeated = [
            Self.started, Self.running, Say.state("t", "{}"), Self.record("a"), Say.state("t", "{}"), Self.complete,
        ]
        #expect(try broken(repeated) == [.stateIsNotRepeated])
    }

    @Test func statesAboutAllStreamsCountForEach() throws {
        let begin = [Self.started, Self.running, Self.record("a"), Self.complete]
        let global =
            #"{"type":"STATE","state":{"type":"GLOBAL","global":{"stream_states":[]},"sourceStats":{"recordCount":1.0}}}"#
        #expect(try broken(begin + [global]) == [])
        #expect(try broken(begin + [#"{"type":"STATE","state":{"data":{"t":1}}}"#]) == [])
        #expect(try broken(begin + [global.replacing("1.0", with: "2.0")]) == [.stateCountIsRight])
    }

    @Test func statusesAreJudged() throws {
        let (record, state) = (Self.record("a"), Say.state("t", "{}"))
        #expect(try broken([record, state]) == [.statusIsTold])
        #expect(try broken([Self.started, record, Self.complete, state]) == [.statusRuns])
        #expect(try broken([Self.started, Self.running, record, state]) == [.statusEndsWithComplete])
        #expect(try broken([record, Self.started, Self.running, Self.complete, state]) == [.statusStartsFirst])
        #expect(try broken([Self.running, record, Self.complete, state]) == [.statusStartsFirst])
        #expect(try broken([Self.started, Self.running, Self.complete, record, state]) == [.statusNothingFollows])
        #expect(
            try broken([Self.started, Self.running, record, Self.complete, Self.complete, state]) == [
                .statusEndsWithComplete
            ])
        #expect(try broken([Say.status("u", "STARTED"), record, state]) == [.statusIsAskedFor, .statusOfEach])
        let incomplete = [Self.started, Self.running, Say.status("t", "INCOMPLETE"), state]
        #expect(try broken(incomplete) == [.traceErrorFailsRun])
        #expect(try broken(incomplete, end: .exited(1)) == [])
        // What came after its last STATE will be read again.
        let cut = [Self.started, Self.running, record, state, Self.record("b"), Say.status("t", "INCOMPLETE")]
        #expect(try broken(cut) == [.traceErrorFailsRun])
    }

    @Test func messagesForPeopleAreJudged() throws {
        func trace(_ payload: String) -> String { #"{"type":"TRACE","trace":{\#(payload)}}"# }
        #expect(
            try brokenInside(Self.record("a"), #"{"type":"LOG","log":{"level":"WARNING","message":"x"}}"#) == [
                .logIsWellFormed
            ])
        #expect(
            try brokenInside(Self.record("a"), #"{"type":"LOG","log":{"level":"ERROR","message":"x"}}"#) == [
                .logErrorsAreFailures
            ])
        #expect(try brokenInside(Self.record("a"), Say.error("x")) == [.traceErrorFailsRun])
        for payload in [
            #""type":"ANALYTICS","analytics":{"type":"x"}"#, #""emitted_at":1,"type":"ANALYTICS""#,
            #""emitted_at":1,"type":"OTHER""#,
            #""emitted_at":1,"type":"STREAM_STATUS","stream_status":{"status":"RUNNING"}"#,
            #""emitted_at":1,"type":"ESTIMATE","estimate":{"name":"t","type":"ROWS"}"#,
        ] {
            #expect(try brokenInside(Self.record("a"), trace(payload)) == [.traceIsWellFormed], "\(payload)")
        }
        #expect(
            try brokenInside(Self.record("a"), #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG"}}"#) == [
                .controlIsWellFormed
            ])
    }

    @Test func secretsAreFoundHoweverTheyAreWritten() throws {
        func log(_ text: String) -> String { #"{"type":"LOG","log":{"level":"INFO","message":"\#(text)"}}"# }
        for text in ["to open+sesame", #"open\u002bsesame"#, "open%2Bsesame"] {
            #expect(
                try broken([log(text)], verb: "check", secrets: ["open+sesame"]) == [.outputHidesSecrets], "\(text)")
        }
        #expect(try broken([log("open sesame")], verb: "check", secrets: ["open+sesame"]) == [])
        let changed =
            #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":1,"connectorConfig":{"config":{"t":"open+sesame"}}}}"#
        #expect(try broken([changed], verb: "check", secrets: ["open+sesame"]) == [])
    }
}
