import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// CONTROL: what a source changes, brought into the file.
struct ConfigurationChangeTests {
    private func kept(_ file: String, given: String? = nil, _ changed: String) throws -> String {
        let change = ConfigurationChange(
            given: try JSON(parsing: given ?? file), changed: try JSON(parsing: changed), values: ["TOKEN": "s3cr3t"])
        return change.applied(to: try JSON(parsing: file)).text
    }

    @Test func onlyWhatHasChangedIsWritten() throws {
        #expect(
            try kept(#"{"a":1,"b":{"c":2,"d":3}}"#, #"{"a":1,"b":{"c":4},"e":5}"#)
                == #"{"a":1,"b":{"c":4,"d":3},"e":5}"#)
        #expect(try kept(#"{"a":1.50,"b":"é"}"#, #"{"b":"é","a":1.50}"#) == #"{"a":1.50,"b":"é"}"#)
    }

    @Test func placeholdersStay() throws {
        let file = #"{"t":"${env:TOKEN}","list":["x","${env:TOKEN}"],"n":1}"#
        let given = #"{"t":"s3cr3t","list":["x","s3cr3t"],"n":1}"#
        #expect(
            try kept(file, given: given, #"{"t":"s3cr3t","list":["y","s3cr3t"],"n":2}"#)
                == #"{"t":"${env:TOKEN}","list":["y","${env:TOKEN}"],"n":2}"#)
        // A secret of the environment goes nowhere else either.
        #expect(
            try kept(file, given: given, #"{"url":"https://u:s3cr3t@h","list":["s3cr3t"]}"#)
                == #"{"t":"${env:TOKEN}","list":["${env:TOKEN}"],"n":1,"url":"https://u:${env:TOKEN}@h"}"#)
        // One that the source has replaced is the new one.
        #expect(try kept(file, given: given, #"{"t":"n3w"}"#) == #"{"t":"n3w","list":["x","${env:TOKEN}"],"n":1}"#)
    }

    @Test func aSourceThatChangesNothingIsNotTalkedOf() throws {
        let source = try FakeSource(Say.stream("t"), config: #"{"a":1}"#)
        try source.reads(
            #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","connectorConfig":{"config":{"a":1}}}}"#)
        #expect(try source.run("read").errors.isEmpty)
        #expect(try source.run("read", "--save-config").errors.isEmpty)
        #expect(try source.text("config.json") == #"{"a":1}"#)
    }

    @Test func clearedFieldsAreNotSet() throws {
        #expect(
            try kept(#"{"a":1,"b":{"c":2}}"#, #"{"a":null,"b":{"c":null},"d":null,"e":{"f":null}}"#)
                == #"{"b":{},"e":{}}"#)
        #expect(try kept(#"{"a":null}"#, #"{"a":null}"#) == #"{"a":null}"#)
    }

    @Test func whatSomebodyHasEditedMeanwhileStays() throws {
        #expect(
            try kept(
                #"{"start":"2026","t":"old"}"#, given: #"{"start":"2025","t":"old","x":1}"#,
                #"{"start":"2025","t":"new","x":1}"#)
                == #"{"start":"2026","t":"new"}"#)
    }

    @Test func aRunKeepsThePlaceholderOfTheFileAndTheSourceGetsTheNewToken() throws {
        let source = try FakeSource(
            Say.stream("t"), config: #"{"id":"${env:RUNNER_TEST_ID}","refresh":"0ld-t0ken"}"#)
        try source.reads(
            #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":1,"connectorConfig":"#
                + #"{"config":{"id":"my-1d-12345","refresh":"n3w-t0ken"}}}}"#)
        let output = try BuiltRunner.script(
            #"""
            export RUNNER_TEST_ID=my-1d-12345
            "$run" read --source "$source" --config "$config" 2>&1 | grep warning
            cp "$config" "$here/untouched"
            "$run" read --source "$source" --config "$config" --save-config 2>&1 | grep saved
            "$run" check --source "$source" --config "$config"
            """#, source)
        #expect(output.contains("with --save-config it is kept") && output.contains("saved in "))
        #expect(try source.text("untouched")?.contains("0ld-t0ken") == true)
        let file = try #require(try source.text("config.json"))
        #expect(try JSON(parsing: file).text == #"{"id":"${env:RUNNER_TEST_ID}","refresh":"n3w-t0ken"}"#)
        #expect(try source.text("given-config") == #"{"id":"my-1d-12345","refresh":"n3w-t0ken"}"#)
    }
}
