import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// `sync --destination`: what a destination is given, and what is kept of what it confirms.
struct DestinationSyncTests {
    @Test func recordsStatesAndStatusesGoOnAsTheyAreAndCompleteComesOnceAtTheEnd() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u", incremental: false))
        let destination = try FakeDestination(source)
        // Bytes that a tree would not keep: escapes, white space, numbers.
        let record = #"{"type":"RECORD", "record":{"emitted_at":1,"data":{"id":"\u0061","n":1.50e0},"stream":"t"}}"#
        try source.reads(
            Say.status("t", "STARTED"), Say.status("t", "RUNNING"), record, Say.record("stranger", "{}"),
            Say.status("stranger", "RUNNING"), "noise", Say.state("stranger", "{}"), Say.status("t", "COMPLETE"),
            Say.state("t", #"{"n":1.0}"#), Say.record("u", #"{"id":"x"}"#), Say.state("u", "{}", count: 1))
        let result = try destination.sync()
        #expect(result.code == .failed, "u was not reported complete by a source that reports statuses")
        var landed = try destination.landed()
        let last = landed.suffix(2).map { $0.replacing(/"emitted_at":\d+/, with: "_") }
        let status = { (name: String, word: String) in
            #"{"type":"TRACE","trace":{"type":"STREAM_STATUS",_,"stream_status":"#
                + #"{"stream_descriptor":{"name":"\#(name)"},"status":"\#(word)"}}}"#
        }
        #expect(last == [status("t", "COMPLETE"), status("u", "INCOMPLETE")])
        landed.removeLast(2)
        let state =
            #"{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"t"},"#
            + #""stream_state":{"n":1.0}},"sourceStats":{"recordCount":1.0},"id":1}}"#
        #expect(
            landed == [
                Say.status("t", "STARTED"), Say.status("t", "RUNNING"), record, state,
                Say.record("u", #"{"id":"x"}"#), Say.state("u", "{}", count: 1).dropLast(2) + #","id":2}}"#,
            ])
        #expect(try source.text("destination-calls")?.contains("check --config \(destination.config)\n") == true)
    }

    @Test func theNextSyncGoesOnFromWhatWasConfirmed() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1.0,"deep":{"z":[1]}}"#, count: 1))
        let result = try destination.sync()
        #expect(result.code == .ok)
        let cells = result.output.split(separator: "\n").last?.split(separator: " ").prefix(4).map(String.init)
        #expect(cells == ["t", "1", "1", "1"])
        #expect(try source.text("given-state") == nil)
        try source.reads(Say.state("t", #"{"n":2}"#, count: 0))
        #expect(try destination.sync().code == .ok)
        #expect(
            try source.text("given-state")
                == #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"t"},"stream_state":{"n":1.0,"deep":{"z":[1]}}}}]"#
        )
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":2}"#)
        #expect(try destination.kept().runs == 2)
        var status = stat()
        #expect(stat("\(source.folder)/\(destination.stateFile)", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func theCatalogTellsWhichLoadTheRowsBelongTo() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("l", key: []), Say.stream("f", incremental: false))
        let destination = try FakeDestination(source)
        let numbers = { () throws -> [String] in
            let catalog = try JSON(parsing: Array(try #require(try source.text("destination-catalog")).utf8))
            #expect(try source.text("given-catalog") == source.text("destination-catalog"), "both are given the same")
            return (catalog["streams"]?.array ?? []).map { entry in
                let ids = ["generation_id", "minimum_generation_id", "sync_id"].map { entry[$0]?.integer ?? -1 }
                return
                    "\(entry["stream"]?["name"]?.string ?? "") \(entry["destination_sync_mode"]?.string ?? "") \(ids)"
            }
        }
        try source.reads(Say.state("t", #"{"n":1}"#), Say.state("l", #"{"n":1}"#))
        #expect(try destination.sync().code == .ok)
        #expect(try numbers() == ["t append_dedup [0, 0, 1]", "l append [0, 0, 1]", "f overwrite [1, 1, 1]"])
        #expect(try destination.sync().code == .ok)
        #expect(try numbers() == ["t append_dedup [0, 0, 2]", "l append [0, 0, 2]", "f overwrite [2, 2, 2]"])
        #expect(try destination.sync("--full-refresh").code == .ok)
        #expect(try numbers() == ["t overwrite [1, 1, 3]", "l overwrite [1, 1, 3]", "f overwrite [3, 3, 3]"])
        #expect(try source.text("given-state") == nil)
        #expect(try destination.sync().code == .ok)
        #expect(try numbers() == ["t append_dedup [1, 0, 4]", "l append [1, 0, 4]", "f overwrite [4, 4, 4]"])
    }

    @Test func aFullRefreshThatWasCutIsBroughtToItsEnd() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u"))
        let destination = try FakeDestination(source)
        try source.reads(Say.state("t", #"{"n":9}"#), Say.state("u", #"{"n":9}"#))
        _ = try destination.sync()
        // One stream has confirmed something of the new load when it is cut, the other has not.
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#, count: 1), exit: 1)
        #expect(try destination.sync("--full-refresh").code == .failed)
        #expect(try destination.kept().states[StreamKey("u")] == nil, "its rows may be gone already")
        try source.reads(Say.state("t", #"{"n":2}"#), Say.state("u", #"{"n":1}"#))
        #expect(try destination.sync().code == .ok)
        #expect(try source.text("given-state")?.contains(#""stream_state":{"n":1}"#) == true)
        #expect(try source.text("given-state")?.contains(#""name":"u""#) == false)
        let catalog = try #require(try source.text("destination-catalog"))
        // What is there of the new load stays, and what is there of the old one is still to go.
        #expect(
            catalog.contains(#""destination_sync_mode":"append_dedup","generation_id":1,"minimum_generation_id":1"#))
        #expect(catalog.contains(#""destination_sync_mode":"overwrite","generation_id":2,"minimum_generation_id":2"#))
        #expect(try destination.kept()[StreamKey("t")] == Generation(number: 1, minimum: 0))
        #expect(try destination.kept()[StreamKey("u")] == Generation(number: 2, minimum: 0))
    }

    @Test func aCatalogOfTheUsersKeepsItsWordsAndGetsTheNumbersItLacks() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        let entry = #"{"stream":\#(Say.stream("t")),"sync_mode":"full_refresh","destination_sync_mode":"append","#
        let last = #""generation_id":null,"sync_id":77,"cursor_field":["n"]}"#
        try source.write("mine.json", #"{"streams":[\#(entry + last)]}"#)
        #expect(try destination.sync("--catalog", "\(source.folder)/mine.json").code == .ok)
        let catalog = try JSON(parsing: Array(try #require(try source.text("destination-catalog")).utf8))
        let given = try #require(catalog["streams"]?.array?.first)
        #expect(given["destination_sync_mode"]?.string == "append" && given["cursor_field"]?.text == #"["n"]"#)
        // As the platform has it, only an overwriting full refresh drops earlier loads.
        #expect(given["generation_id"]?.integer == 1 && given["minimum_generation_id"]?.integer == 0)
        #expect(given["sync_id"]?.integer == 77)
    }

    @Test func whatTheDestinationCannotDoIsNotAskedAndSaid() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("f", incremental: false))
        let destination = try FakeDestination(source, modes: #""append""#)
        let result = try destination.sync()
        let catalog = try #require(try source.text("destination-catalog"))
        #expect(!catalog.contains("overwrite") && !catalog.contains("append_dedup"))
        // Some that do not overwrite heed the loads all the same.
        #expect(catalog.contains(#""generation_id":1,"minimum_generation_id":1"#))
        #expect(
            result.errors.contains(
                "stream t: the destination does not merge by primary key, so each version of a row stays"))
        #expect(
            result.errors.contains("stream f: the destination does not overwrite, so rows of former syncs may stay"))
    }

    @Test func aFailedSourceCompletesNothingAndKeepsWhatIsConfirmed() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#, count: 1), Say.record("t", #"{"id":"b"}"#),
            Say.status("t", "COMPLETE"), Say.error("the server went away"), exit: 1)
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("error: the server went away"))
        #expect(try destination.landed().contains { $0.contains("COMPLETE") } == false)
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":1}"#)
    }

    @Test func afterALostRecordNoStateGoesOutAndNothingIsComplete() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.reads(
            Say.state("t", #"{"n":1}"#), #"{"type":"RECORD","record":{"stream":"t","da"#,
            Say.record("t", #"{"id":"c"}"#), Say.state("t", #"{"n":3}"#, count: 1), Say.status("t", "COMPLETE"))
        #expect(try destination.sync().code == .failed)
        let landed = try destination.landed()
        #expect(landed.count { $0.contains(#""STATE""#) } == 1)
        #expect(landed.last?.contains("INCOMPLETE") == true)
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":1}"#)
    }

    @Test func aWrongRecordCountIsSaidAndPutRight() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", "{}", count: 3))
        let result = try destination.sync()
        #expect(result.errors.contains("the source counts 3 records since its last state, 1 arrived"))
        // Destinations of Airbyte's wait for as many records before they confirm the state.
        #expect(try destination.landed().contains { $0.contains(#""sourceStats":{"recordCount":1.0}"#) })
    }

    @Test func globalStatesGoBackAsTheyCame() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        let global = #"{"shared_state":{"lsn":7},"stream_states":[]}"#
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), #"{"type":"STATE","state":{"type":"GLOBAL","global":\#(global)}}"#)
        let result = try destination.sync()
        #expect(result.code == .ok)
        #expect(result.output.contains("(all)"))
        _ = try destination.sync()
        #expect(try source.text("given-state") == #"[{"type":"GLOBAL","global":\#(global)}]"#)
        _ = try destination.sync("--full-refresh")
        #expect(try source.text("given-state") == nil)
    }
}
