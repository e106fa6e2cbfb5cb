import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// `${env:NAME}` in the texts of a configuration.
struct PlaceholderTests {
    private static let environment = ["TOKEN": "s3cr3t-t0ken", "HOST": "chat.example.org", "EMPTY": "", "_9": "nine"]

    private func filled(_ json: String) throws -> String {
        var placeholders = Placeholders { Self.environment[$0] }
        return try placeholders.filling(try JSON(parsing: json), file: "c.json").text
    }

    @Test(arguments: [
        (#"{"a":"${env:TOKEN}"}"#, #"{"a":"s3cr3t-t0ken"}"#),
        (
            #"{"a":"https://${env:HOST}/${env:_9}","b":[1.50,"${env:EMPTY}"]}"#,
            #"{"a":"https://chat.example.org/nine","b":[1.50,""]}"#
        ),
        (
            #"{"a":{"b":{"c":"x${env:TOKEN}"}},"${env:NO}":null}"#,
            #"{"a":{"b":{"c":"xs3cr3t-t0ken"}},"${env:NO}":null}"#
        ),
        (
            #"["$${env:TOKEN}","$${env:}","${TOKEN}","${file:x}","$"]"#,
            #"["${env:TOKEN}","${env:}","${TOKEN}","${file:x}","$"]"#
        ),
    ])
    func standForEnvironmentVariables(json: String, result: String) throws {
        #expect(try filled(json) == result)
    }

    @Test func everyUnsetVariableIsNamed() {
        let one = #expect(throws: RunnerError.self) { try filled(#"{"a":"${env:NO_SUCH}","b":"${env:NO_SUCH}"}"#) }
        #expect(
            one?.description == "c.json asks for ${env:NO_SUCH}, but that environment variable is not set:"
                + " `export NO_SUCH=…` sets it")
        #expect(one?.code == .configuration)
        let two = #expect(throws: RunnerError.self) { try filled(#"["${env:ONE}","${env:TOKEN}","${env:TWO}"]"#) }
        #expect(
            two?.description.contains("asks for ${env:ONE}, ${env:TWO}, but those environment variables are") == true)
        #expect(two?.description.contains("s3cr3t") == false)
    }

    @Test(arguments: ["${env:}", "${env:1A}", "${env:A B}", "${env:TOKEN"])
    func whatNamesNoVariableIsRefused(text: String) {
        let error = #expect(throws: RunnerError.self) { try filled(JSON.array([.string(text)]).text) }
        #expect(error?.description.contains("which names no environment variable") == true)
    }

    @Test(arguments: [
        ("s3cr3t-t0ken", "${env:TOKEN}"), ("Bearer s3cr3t-t0ken!", "Bearer ${env:TOKEN}!"), ("nine", "${env:_9}"),
        ("ninety", "ninety"), ("", ""), ("${env:X}", "$${env:X}"),
        ("chat.example.org?t=s3cr3t-t0ken", "${env:HOST}?t=${env:TOKEN}"),
    ])
    func aValueOfTheEnvironmentIsWrittenAsItsPlaceholder(text: String, written: String) throws {
        #expect(Placeholders.written(text, values: Self.environment) == written)
        #expect(try filled(JSON.array([.string(written)]).text) == JSON.array([.string(text)]).text)
    }

    @Test func aSourceGetsTheValuesAndNobodyElseDoes() throws {
        let source = try FakeSource(Say.stream("t"), config: #"{"key":"${env:RUNNER_TEST_TOKEN}","n":1.50}"#)
        try source.write("check.sh", "echo \"using $(cat \"$here/given-config\")\" >&2; exit 1")
        let output = try BuiltRunner.script(
            #"""
            RUNNER_TEST_TOKEN=op3n-sesame "$run" check --source "$source" --config "$config" --verbose 2>&1
            env -u RUNNER_TEST_TOKEN "$run" check --source "$source" --config "$config" 2>&1
            echo "code $?"
            """#, source)
        #expect(try source.text("given-config") == #"{"key":"op3n-sesame","n":1.50}"#)
        #expect(try source.text("config.json") == #"{"key":"${env:RUNNER_TEST_TOKEN}","n":1.50}"#)
        #expect(!output.contains("sesame") && output.contains(#"using {"key":"***""#))
        #expect(output.contains("asks for ${env:RUNNER_TEST_TOKEN}, but that") && output.contains("code 3"))
    }
}
