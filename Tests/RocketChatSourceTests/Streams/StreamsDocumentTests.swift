import Testing

@testable import RocketChatSource

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct StreamsDocumentTests {
    private static let path =
        "\(#filePath)".split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/docs/streams.md"

    @Test func theDocumentSaysWhatTheCatalogueSays() throws {
        let text = StreamsDocument().text
        if getenv("UPDATE_DOCS") != nil { try TextFile.write(text, to: Self.path) }
        let written = String(decoding: try TextFile.read(Self.path), as: UTF8.self)
        #expect(
            written == text, "docs/streams.md is out of date: UPDATE_DOCS=1 swift test --filter StreamsDocumentTests")
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
