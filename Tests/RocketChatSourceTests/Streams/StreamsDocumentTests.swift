import Testing
import write_docs

@testable import RocketChatSource

@Suite struct StreamsDocumentTests {
    private static let project = "\(#filePath)".split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

    private static func text(_ path: String) throws -> String {
        String(decoding: try TextFile.read("\(project)/\(path)"), as: UTF8.self)
    }

    @Test func theDocumentSaysWhatTheCatalogueSays() throws {
        #expect(
            try Self.text("docs/streams.md") == StreamsDocument().text,
            "docs/streams.md is out of date: swift run write-docs")
    }

    @Test func theReadmeNamesEveryStream() throws {
        let readme = try Self.text("README.md")
        #expect(StreamsTable().replaced(in: readme) == readme, "README.md is out of date: swift run write-docs")
        #expect(Catalogue.groups.flatMap(\.streams).map(\.name).sorted() == Catalogue.all.map(\.name).sorted())
    }

    @Test func everyStreamOfTheDiagramExists() {
        let names = StreamsDocument().text.split(separator: "```mermaid")[1].split(separator: "```")[0]
            .split(separator: "\n").dropFirst()
            .flatMap { line in
                let words = line.prefix { $0 != ":" }.split(separator: " ")
                return [words.first, words.last].compactMap { $0.map(String.init) }
            }
        #expect(names.count > 20)
        for name in names { #expect(Catalogue.stream(named: name) != nil, "\(name)") }
    }
}
