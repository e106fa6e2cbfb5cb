import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// `verify` from its command line to its exit code, on a source of a few lines.
struct VerifyTests {
    /// A source that keeps most rules; it never looks at what it is given, so it takes every catalog.
    private func source() throws -> FakeSource {
        let source = try FakeSource(
            Say.stream("t", incremental: false, ["id": "string"]).replacing(#","default_cursor_field":["n"]"#, with: "")
        )
        try source.reads(
            Say.status("t", "STARTED"), Say.status("t", "RUNNING"),
            #"{"type":"RECORD","record":{"stream":"t","emitted_at":1767225600000,"data":{"id":"a"}}}"#,
            Say.status("t", "COMPLETE"), Say.state("t", "{}", count: 1))
        return source
    }

    private static let careless = [
        "catalog.refuses-an-unknown-stream", "catalog.refuses-an-unknown-mode", "catalog.refuses-what-is-no-json",
    ]

    @Test func brokenRulesAreNamedAndEndWithOne() throws {
        let source = try source()
        let result = try source.run("verify", "--json")
        #expect(result.code == .failed)
        let rules = try #require(try JSON(parsing: result.output)["rules"]?.array)
        let failed = rules.filter { $0["result"]?.string == "failed" }.compactMap { $0["rule"]?.string }
        #expect(Set(failed) == Set(Self.careless))
    }

    @Test func rulesLeftOutAreNotHeldAgainstIt() throws {
        let source = try source()
        var words = [
            "verify", "--source", source.command, "--config", source.config, "--junit", "\(source.folder)/j.xml",
        ]
        for name in Self.careless { words += ["--without", "\(name)=it is a toy"] }
        let result = try source.run(words: words)
        #expect(result.code == .ok)
        #expect(result.output.contains("left out  it is a toy"))
        #expect(try source.text("j.xml")?.contains(#"failures="0""#) == true)
    }

    @Test func mistakesAreFoundBeforeTheSourceIsStarted() throws {
        let source = try source()
        let misspelt = try source.run("verify", "--without", "record.fits-schema=x")
        #expect(misspelt.code == .usage)
        #expect(misspelt.errors.contains("did you mean record.fits-its-schema?"))
        #expect(try source.text("calls") == nil)
        try source.write("config.json", "nonsense")
        #expect(try source.run("verify").code == .configuration)
        #expect(try source.text("calls") == nil)
    }

    @Test func aSourceThatCannotBeStartedIsAMistakeOfTheCommandLine() throws {
        let source = try source()
        let result = try source.run(words: ["verify", "--source", "/no/such/source", "--config", source.config])
        #expect(result.code == .usage)
    }

    @Test func aStreamThatIsNotThereIsAMistakeOfTheCommandLine() throws {
        let result = try source().run("verify", "--streams", "u")
        #expect(result.code == .usage)
        #expect(result.errors.contains("the source has no stream `u`; it has: t"))
    }

    @Test(arguments: ["0", "x", "36001"])
    func silenceIsASpanOfTime(text: String) throws {
        let error = #expect(throws: RunnerError.self) {
            try Options(["verify", "--source", "x", "--config", "c", "--silence", text])
        }
        #expect(error?.description == "--silence takes whole seconds from 1 to 36000, not `\(text)`")
    }
}
