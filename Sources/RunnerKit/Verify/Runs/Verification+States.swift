import AirbyteProtocol
import JSONBytes

/// States and catalogs as runners send them, and such as no source can serve.
extension Verification {
    /// Streams of few records, for the many reads that ask something else; the smallest that has any is always one.
    var light: [VerifiedStream] {
        guard let full else { return streams }
        var room = 20_000
        let bySize = streams.sorted { full[$0.key]?.records ?? 0 < full[$1.key]?.records ?? 0 }
        let smallest = bySize.first { full[$0.key]?.records ?? 0 > 0 }
        return bySize.filter { stream in
            room -= full[stream.key]?.records ?? 0
            return room >= 0 || stream.key == smallest?.key
        }
    }

    /// Reads with state files that say nothing.
    mutating func verifyStates() throws(RunnerError) {
        guard full != nil || incremental != nil else {
            return findings.skip(Rule.input + [.readStateIsInert], because: "the first `read` fails")
        }
        let nulls = JSON.array(light.map { Self.state(of: $0.key, .null) }).text
        let stranger = StreamKey("a_stream_that_is_not_there")
        let foreign = JSON.array([Self.state(of: stranger, .object(["cursor": .string("2020-01-01T00:00:00Z")]))]).text
        for (label, text, rule) in [
            ("read (state `[]`)", "[]", Rule.takesEmptyList), ("read (state `{}`)", "{}", .takesEmptyObject),
            ("read (an empty state file)", "", .takesEmptyFile),
            ("read (states that are null)", nulls, .takesNulls),
            ("read (the state of a foreign stream)", foreign, .takesForeign),
        ] {
            try requireAll(light.map { StreamRequest($0, incremental: true) }, as: label, state: text, rule)
        }
        try verifyPyAirbyteForm()
        try verifyInertState()
        try verifyOrder()
        guard let path = options.state else { return findings.skip([.takesGiven], because: "there is no --state") }
        guard let bytes = try Files.read(path) else { throw RunnerError(.usage, "there is no state file \(path)") }
        let request = try read(
            streams.map { StreamRequest($0, incremental: true) }, as: "read (the state of --state)",
            state: String(decoding: bytes, as: UTF8.self))
        let evidence = try observe(request)
        findings.require(evidence.succeeded, .takesGiven, evidence.ending)
    }

    /// Reads with the options the other way round.
    private mutating func verifyOrder() throws(RunnerError) {
        guard findings.breaches[.takesEmptyList] == nil else {
            return findings.skip([.takesAnyOrder], because: "a state file `[]` is not accepted")
        }
        var request = try read(
            light.map { StreamRequest($0, incremental: true) }, as: "read (options the other way round)", state: "[]")
        let options = request.arguments.dropFirst()
        request.arguments = ["read"] + options.suffix(2) + options.dropFirst(2).prefix(2) + options.prefix(2)
        requireAll(in: try observe(request), .takesAnyOrder)
    }

    /// A STREAM state as the platform writes it, its other parts null.
    private static func state(of key: StreamKey, _ state: JSON) -> JSON {
        .object([
            "type": .string("STREAM"),
            "stream": .object([
                "stream_descriptor": .object([
                    "name": .string(key.name), "namespace": key.namespace.map { .string($0) } ?? .null,
                ]),
                "stream_state": state,
            ]),
            "global": .null, "data": .null, "sourceStats": .null, "destinationStats": .null,
        ])
    }

    /// Reads in a way that must bring all that the first reads brought.
    private mutating func requireAll(
        _ requests: [StreamRequest], as label: String, state: String? = nil, catalog: JSON? = nil, _ rule: Rule
    ) throws(RunnerError) {
        requireAll(in: try observe(try read(requests, as: label, state: state, catalog: catalog)), rule)
    }

    /// The last states in the form in which PyAirbyte hands them over.
    private mutating func verifyPyAirbyteForm() throws(RunnerError) {
        guard let incremental, incremental.samples.last == nil else {
            return findings.skip([.takesPyAirbyte], because: "no stream has a state of its own")
        }
        let isRefused = findings.breaches[.incrementalEndsWell] != nil
        if let flaw = flawOfStates ?? (isRefused ? "the states are not accepted in any form" : nil) {
            return findings.skip([.takesPyAirbyte], because: flaw)
        }
        let streams = incremental.streams.filter { $0.samples.last != nil }
        guard !streams.isEmpty else { return findings.skip([.takesPyAirbyte], because: "no STATE came") }
        let states = streams.compactMap { stream in
            stream.samples.last?.payload["stream"]?["stream_state"].map { Self.state(of: stream.key, $0) }
        }
        // An object with the same member twice is none that a tree can be asked for by name.
        let texts = states.map { state in
            String(state.text.dropLast()) + #","global_":null,"id":7,"extra":{"a":1},"global_":null}"#
        }
        let evidence = try observe(
            try read(
                streams.map(\.request), as: "read (states as PyAirbyte writes them)",
                state: "[\(texts.joined(separator: ","))]"))
        findings.require(evidence.succeeded, .takesPyAirbyte, evidence.ending)
    }

    /// The last state of a full refresh, which PyAirbyte hands back to the next one.
    private mutating func verifyInertState() throws(RunnerError) {
        let rule = Rule.readStateIsInert
        if let flaw = flawOfStates { return findings.skip([rule], because: flaw) }
        let plain = streams.filter { !$0.supportsIncremental && !$0.isResumable }
        guard let full, full.samples.last == nil, !plain.isEmpty else {
            return findings.skip([rule], because: "every stream is incremental or resumable")
        }
        let states = plain.compactMap { full[$0.key]?.samples.last?.payload }
        guard !states.isEmpty else { return findings.skip([rule], because: "no STATE came in the full refresh") }
        try requireAll(
            plain.map { StreamRequest($0, incremental: false) }, as: "read (full refresh, with its last state)",
            state: JSON.array(states.map(Self.plain)).text, rule)
    }

    /// Reads with catalogs that are unusual, and with such as have to be refused.
    mutating func verifyCatalogs() throws(RunnerError) {
        let requests = light.map { StreamRequest($0, incremental: false) }
        try verifyLenientCatalogs(requests)
        try verifySelection()
        guard let stream = light.first else { return }
        let unknown = JSON.object([
            "stream": .object([
                "name": .string("a_stream_that_is_not_there"), "json_schema": .object(["type": .string("object")]),
                "supported_sync_modes": .array([.string("full_refresh")]),
            ]),
            "sync_mode": .string("full_refresh"), "destination_sync_mode": .string("overwrite"),
        ])
        try requireRefusal(of: unknown, as: "read (an unknown stream)", .refusesUnknownStream)
        let entry = StreamRequest(stream, incremental: false).entry.setting("sync_mode", .string("INVALID"))
        try requireRefusal(of: entry, as: "read (sync_mode INVALID)", .refusesUnknownMode)

        let path = try files.add("broken.json", "{\"streams\": [")
        var request = try read([], as: "read (a catalog that is no JSON)", expectsFailure: true)
        request.arguments = ["read", "--config", config, "--catalog", path]
        let evidence = try observe(request)
        findings.require(evidence.end != .exited(0), .refusesBrokenCatalog, "exit code 0")
    }

    private mutating func verifyLenientCatalogs(_ requests: [StreamRequest]) throws(RunnerError) {
        let entries = requests.map { request in
            let stream = request.stream.object.setting("json_schema", .object([])).setting(
                "extra", .object(["a": .integer(1)]))
            let entry = request.entry.setting("stream", stream).setting("cursor_field", .null).setting(
                "include_files", .null)
            return entry.setting("generation_id", .null).setting("minimum_generation_id", .null).setting(
                "sync_id", .null
            )
            .setting("projections", .array([]))
        }
        if full != nil {
            try requireAll(
                requests, as: "read (empty schemas, nulls, unknown members)",
                catalog: .object(["streams": .array(entries)]),
                .takesLenientCatalog)
        }
        let plain = requests.filter { !$0.isIncremental && !$0.stream.offersIncremental }
        guard !plain.isEmpty, full != nil else {
            return findings.skip([.takesIncremental], because: "every stream is incremental")
        }
        let asked = plain.map { $0.entry.setting("sync_mode", .string("incremental")) }
        try requireAll(
            plain, as: "read (sync_mode incremental for streams without it)",
            catalog: .object(["streams": .array(asked)]),
            .takesIncremental)
    }

    private mutating func verifySelection() throws(RunnerError) {
        guard streams.count > 1, let full else {
            return findings.skip([.obeysSelection, .takesOthersStates], because: "there is one stream only")
        }
        guard let stream = light.first(where: { full[$0.key]?.records ?? 0 > 0 }) ?? light.first else { return }
        let request = StreamRequest(stream, incremental: false)
        try requireAll([request], as: "read (only \(stream.key))", .obeysSelection)
        // What it does not bring without a state it does not bring with one.
        guard findings.breaches[.obeysSelection] == nil else { return }
        let others = (incremental?.streams ?? []).filter { $0.key != stream.key }.compactMap {
            $0.samples.last?.payload
        }
        guard !others.isEmpty, incremental?.samples.last == nil, flawOfStates == nil else {
            return findings.skip([.takesOthersStates], because: "no other stream has a state of its own")
        }
        try requireAll(
            [request], as: "read (only \(stream.key), with the states of others)",
            state: JSON.array(others.map(Self.plain)).text, .takesOthersStates)
    }

    private mutating func requireRefusal(of entry: JSON, as label: String, _ rule: Rule) throws(RunnerError) {
        let catalog = JSON.object(["streams": .array([entry])])
        let streams = VerifiedStream(entry["stream"] ?? .null).map { [StreamRequest($0, incremental: false)] } ?? []
        let evidence = try observe(try read(streams, as: label, catalog: catalog, expectsFailure: true))
        findings.require(
            evidence.end != .exited(0) && !evidence.errors.isEmpty, rule,
            "\(evidence.errors.isEmpty ? "no TRACE ERROR, " : "a TRACE ERROR, ")\(evidence.ending)")
    }
}

extension JSON {
    /// The object with one member set, in its place or at the end.
    func setting(_ name: String, _ value: JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        if let index = members.lastIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }
}
