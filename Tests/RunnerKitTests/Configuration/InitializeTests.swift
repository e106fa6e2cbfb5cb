import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// `init`: a configuration from the source's own description.
struct InitializeTests {
    private static let specification =
        #"{"type":"object","required":["endpoint","token","auth","since"],"properties":{"#
        + #""since":{"type":"string","order":3,"examples":["2025-01-01"],"description":"From <b>when</b> on."},"#
        + #""token":{"type":"string","airbyte_secret":true,"order":1,"title":"Your token"},"#
        + #""endpoint":{"type":"string","order":0,"description":"Where it lies."},"#
        + #""pace":{"type":"integer","default":4,"description":"How fast."},"note":{"type":"string"},"#
        + #""spare":{"type":"string","airbyte_secret":true},"#
        + #""auth":{"type":"object","order":2,"oneOf":[{"required":["kind","client_secret"],"properties":"#
        + #"{"kind":{"const":"oauth"},"client_secret":{"type":"string","airbyte_secret":true}}},{"title":"other"}]}}}"#

    private func source() throws -> FakeSource {
        try FakeSource(Say.stream("t"), specification: Self.specification)
    }

    private func permissions(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func writesWhatIsRequiredAndWhatHasADefault() throws {
        let source = try source()
        let path = "\(source.folder)/new.json"
        let result = try source.run(words: ["init", "--source", source.command, "--config", path])
        #expect(result.code == .ok, "\(result.errors)")
        #expect(
            try JSON(parsing: try #require(try source.text("new.json"))).text
                == #"{"endpoint":"","token":"${env:A_SOURCE_TOKEN}","auth":{"kind":"oauth","client_secret":"#
                + #""${env:A_SOURCE_AUTH_CLIENT_SECRET}"},"since":"","pace":4}"#)
        #expect(permissions(path) == 0o600)
        #expect(
            result.output == """
                \(path) is written, for its owner alone.

                To be filled in:
                  endpoint  Where it lies.
                  since     From when on.

                To be set in the environment:
                  A_SOURCE_TOKEN               Your token
                  A_SOURCE_AUTH_CLIENT_SECRET  string

                With a default, which stands in the file:
                  pace  How fast.

                Left out:
                  note   string
                  spare  string

                """)
    }

    @Test func overwritesNothing() throws {
        let source = try source()
        let result = try source.run(words: ["init", "--source", source.command, "--config", source.config])
        #expect(result.code == .usage && result.errors.contains("is there already, and `init` overwrites nothing"))
        #expect(try source.text("config.json") == "{}")
        symlink("/no/such/file", "\(source.folder)/link")
        let link = try source.run(words: ["init", "--source", source.command, "--config", "\(source.folder)/link"])
        #expect(link.code == .failed)
    }

    @Test func writesAConnectionFileThatSyncUnderstands() throws {
        let source = try source()
        let path = "\(source.folder)/prod.json"
        #expect(try source.run(words: ["init", path, "--source", source.command]).code == .ok)
        #expect(permissions(path) == 0o600)
        let options = try Options(["sync", path])
        #expect(options.source.words == (try SourceCommand(source.command).words))
        #expect(options.database == "\(source.folder)/prod.db")
        let check = try source.run(words: ["check", path])
        #expect(check.code == .configuration && check.errors.contains("asks for ${env:A_SOURCE_TOKEN}, ${env:"))
        #expect(
            try source.run(words: ["init", "\(source.folder)/b.json", "--source", "bin/x", "--into", "w.db"]).code
                == .usage)
        let here = try BuiltRunner.script(
            #"""
            cd "$here" && mkdir -p in && cp "a source" src && chmod +x src && "$run" init in/c.json --source ./src --into w.db >&2
            grep -c "\"$here/w.db\"\|\"$here/./src\"" in/c.json
            """#, source)
        #expect(here == "2\n", "paths of the command line are seen from where it was typed: \(here)")
        let both = try source.run(words: ["init", path, "--source", source.command, "--config", "x"])
        #expect(both.code == .usage && both.errors.contains("name one of them"))
    }

    @Test(arguments: [
        ("source-rocket-chat", "source-rocket-chat"), ("/usr/bin/source-x.py", "source-x"),
        ("python -m source_x", "source_x"),
        ("docker run --rm -i airbyte/source-faker:6.2 ", "source-faker"), ("src --", "src"),
    ])
    func variablesAreCalledAfterTheSource(command: String, name: String) throws {
        #expect(try SourceCommand(command).name == name)
    }
}
