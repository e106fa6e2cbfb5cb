import Foundation
import Testing

/// Folders use each other in one direction.
struct FolderKnotTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        .standardized

    /// What a file holds.
    private struct File {
        /// Names of types that it declares for the whole module.
        var declared: Set<Substring> = []
        /// All its words but those in quotes and comments.
        var words: Set<Substring> = []

        init(_ text: String) {
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor"]
            for line in text.split(separator: "\n") {
                let words = FolderKnotTests.code(of: line).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
                self.words.formUnion(words)
                // Nested ones stand further right.
                guard let first = line.first, first.isLetter || first == "@", !words.contains("private") else {
                    continue
                }
                declared.formUnion(zip(words, words.dropFirst()).filter { kinds.contains($0.0) }.map(\.1))
            }
        }
    }

    private static func files(of module: String) throws -> [String: File] {
        let folder = sources.appending(path: module)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let files = try paths.map { File(try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
        return Dictionary(uniqueKeysWithValues: zip(paths, files))
    }

    /// A line without its comment and without what stands between quotes.
    private static func code(of line: Substring) -> Substring {
        guard !line.drop(while: \.isWhitespace).hasPrefix("//") else { return "" }
        var kept: Substring = ""
        for (index, piece) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        where index % 2 == 0 {
            kept += " " + piece
        }
        return kept
    }

    /// Which folders of a module each of its folders uses: a file that names a type uses the folder that declares it.
    private static func arrows(of module: String) throws -> [String: Set<String>] {
        let files = try files(of: module)
        var owners: [Substring: Set<String>] = [:]
        for (path, file) in files { for name in file.declared { owners[name, default: []].insert(path) } }
        var arrows: [String: Set<String>] = [:]
        for (path, file) in files {
            let folder = (path as NSString).deletingLastPathComponent
            for word in file.words {
                // A name of several types cannot be told apart by words.
                guard let owner = owners[word], owner.count == 1, let path = owner.first else { continue }
                let other = (path as NSString).deletingLastPathComponent
                if other != folder { arrows[folder, default: []].insert(other) }
            }
        }
        return arrows
    }

    @Test(arguments: [
        "JSONBytes", "AirbyteProtocol", "RocketChatAPI", "RocketChatSource", "RunnerKit", "RocketChatSandbox",
    ])
    func noFolderUsesOneThatUsesIt(module: String) throws {
        var arrows = try Self.arrows(of: module)
        var knotted = Set(arrows.keys).union(arrows.values.joined())
        try #require(knotted.count > 1)
        // Those that use none are laid aside, again and again; what is left goes in circles.
        while case let free = knotted.filter({ arrows[$0, default: []].isDisjoint(with: knotted) }), !free.isEmpty {
            knotted.subtract(free)
        }
        arrows = arrows.filter { knotted.contains($0.key) }.mapValues { $0.intersection(knotted) }
        #expect(arrows.isEmpty, "\(arrows)")
    }
}
