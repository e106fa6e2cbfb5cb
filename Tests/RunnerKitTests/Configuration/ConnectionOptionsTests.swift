import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// One file for all that a sync needs.
struct ConnectionOptionsTests {
    private func source(_ connection: String) throws -> (FakeSource, String) {
        let source = try FakeSource(Say.stream("t"), Say.stream("u"), config: #"{"key":"in-a-file"}"#)
        try source.reads(
            Say.record("t", #"{"id":"a","n":1}"#), Say.state("t", #"{"n":1}"#), Say.status("t", "COMPLETE"),
            Say.status("u", "COMPLETE"))
        let words = JSON.array([.string("sh"), .string("\(source.folder)/a source")]).text
        try source.write("prod.json", connection.replacing("SOURCE", with: words))
        return (source, "\(source.folder)/prod.json")
    }

    @Test func isAllThatACrontabNeeds() throws {
        let (source, path) = try source(
            #"{"source":SOURCE,"config":"config.json","into":"out.db","streams":["t"],"commit_every":0,"_note":"mine"}"#
        )
        let result = try source.run(words: ["sync", path])
        #expect(result.code == .ok, "\(result.errors)")
        #expect(try source.query("SELECT id, n FROM t") == ["a|1"])
        #expect(try source.query("SELECT count(*) FROM sqlite_master WHERE name = 'u'") == ["0"])
        #expect(try source.run(words: ["check", path]).code == .ok)
        #expect(try source.run(words: ["state", "show", path]).output.contains(#"{"n":1}"#))
    }

    @Test func mayHoldTheConfigurationItself() throws {
        let (source, path) = try source(
            #"{"source":SOURCE,"config":{"key":"inside"},"into":"out.db","save_config":true}"#)
        #expect(try source.run(words: ["check", path]).code == .ok)
        #expect(try source.text("given-config") == #"{"key":"inside"}"#)
        try source.reads(
            #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","connectorConfig":{"config":{"key":"n3w"}}}}"#)
        #expect(try source.run(words: ["sync", path]).code == .ok)
        let file = try JSON(parsing: try #require(try source.text("prod.json")))
        #expect(file["config"]?.text == #"{"key":"n3w"}"# && file["into"]?.string == "out.db")
    }

    @Test func theCommandLineComesFirst() throws {
        let (source, path) = try source(#"{"source":SOURCE,"config":{"key":"inside"},"into":"out.db"}"#)
        #expect(try source.run(words: ["check", path, "--config", source.config]).code == .ok)
        #expect(try source.text("given-config") == #"{"key":"in-a-file"}"#)
        let options = try Options(["sync", path, "--into", "other.db", "--streams", "u"])
        #expect(options.database == "other.db" && options.streams == ["u"] && options.config == path)
    }

    @Test func oneFileServesSyncAndRead() throws {
        let (source, path) = try source(#"{"source":SOURCE,"config":"config.json","into":"out.db","retries":3}"#)
        #expect(try Options(["sync", path]).retries == 3 && Options(["read", path]).retries == 0)
        #expect(try Options(["read", path, "--state", "s"]).retries == 3)
        #expect(try source.run(words: ["read", path]).code == .ok)
    }

    @Test func whatIsClearedIsNotSet() throws {
        let (source, path) = try source(
            #"{"source":SOURCE,"config":"config.json","into":"out.db","streams":[],"catalog":"","full_refresh":false,"state":null}"#
        )
        let options = try Options(["sync", path])
        #expect(options.streams == nil && options.catalog == nil && !options.startsOver && options.state == nil)
        _ = source
    }

    @Test(arguments: [
        (#"{"sorce":"x"}"#, "has a member `sorce` that means nothing; did you mean `source`?"),
        (#"{"full_refresh":"yes"}"#, "`full_refresh` in "), (#"{"full-refresh":"yes"}"#, "has to be true or false"),
        (#"{"streams":[1]}"#, "has to be a text, a number or a list of texts"), (#"{"source":{}}"#, "list of words"),
        (#"{"into":1}"#, "has to be a text, the path of a file"), ("source: x", "is YAML"),
        (#"{"into":"${env:NO_SUCH_VARIABLE}"}"#, "asks for ${env:NO_SUCH_VARIABLE}, but that"),
    ])
    func mistakesAreTold(connection: String, words: String) throws {
        let (source, path) = try source(connection)
        let result = try source.run(words: ["sync", path])
        #expect(result.code == .configuration && result.errors.contains(words), "\(result.errors)")
    }

    @Test func pathsAreSeenFromTheFolderOfTheFile() throws {
        let (source, path) = try source(
            #"{"source":"bin/src --flag x/y","config":"config.json","into":"/abs/out.db","catalog":"../c.json"}"#)
        let options = try Options(["sync", path])
        let folder = source.folder
        #expect(options.source.words == ["\(folder)/bin/src", "--flag", "x/y"] && options.database == "/abs/out.db")
        #expect(options.config == "\(folder)/config.json" && options.catalog == "\(folder)/../c.json")
    }

    @Test func whatIsLackingIsSaidAsForTheCommandLine() throws {
        let (source, path) = try source(#"{"source":SOURCE,"config":"config.json"}"#)
        let result = try source.run(words: ["sync", path])
        #expect(result.code == .usage && result.errors.contains("`sync` needs --into FILE.db"))
        let missing = try source.run(words: ["sync", "/no/such.json"])
        #expect(missing.errors.contains("unexpected argument `/no/such.json`: it would be a connection file"))
        let folder = try source.run(words: ["sync", source.folder])
        #expect(folder.errors.contains("is a folder: name a regular file"))
    }
}
