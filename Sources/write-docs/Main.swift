import CSystem

/// Writes what the documents say of the catalogue: docs/streams.md and the README's table of streams. To be called in the project's folder.
@main
struct Main {
    static func main() {
        write(StreamsDocument().text, to: "docs/streams.md")
        guard let readme = StreamsTable().replaced(in: read("README.md")) else {
            fail("README.md has no table of streams")
        }
        write(readme, to: "README.md")
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { fail("cannot read \(path): call it in the project's folder") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w"), fputs(text, file) >= 0, fclose(file) == 0 else {
            fail("cannot write \(path): call it in the project's folder")
        }
    }

    private static func fail(_ text: String) -> Never {
        let line = Array("write-docs: \(text)\n".utf8)
        _ = CSystem.write(2, line, line.count)
        exit(1)
    }
}
