import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// What `discover` prints is a `--catalog` as it is.
struct CatalogTests {
    @Test func isReadAsItWasPrinted() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u", incremental: false))
        try source.reads(Say.status("t", "COMPLETE"), Say.status("u", "COMPLETE"))
        let printed = try source.run("discover").output
        let catalog = try #require(try JSON(parsing: printed)["catalog"])
        _ = try source.run("read")
        let asked = try #require(try source.text("given-catalog"))
        for text in [printed, catalog.text, Say.error("x").replacing("ERROR", with: "OTHER") + "\n" + printed] {
            try source.write("mine.json", text)
            let result = try source.run("read", "--catalog", "\(source.folder)/mine.json")
            #expect(result.code == .ok && result.errors.isEmpty, "\(result.errors)")
            #expect(try source.text("given-catalog") == asked, "the source gets a configured catalog")
        }
    }

    @Test(arguments: [
        ("streams: []", "is no catalog: The catalog file is YAML"), ("{}", "has no list \"streams\""),
        (#"{"type":"LOG","log":{}}"# + "\n" + #"{"type":"LOG","log":{}}"#, "no CATALOG among them. Did discover fail?"),
        (#"{"streams":[{"json_schema":{}}]}"#, "has no stream with a name"),
    ])
    func whatIsNoneIsTold(text: String, words: String) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("mine.json", text)
        let result = try source.run("read", "--catalog", "\(source.folder)/mine.json")
        #expect(result.code == .usage && result.errors.contains(words), "\(result.errors)")
    }
}
