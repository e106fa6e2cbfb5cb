import Foundation
import Testing

/// docs/architecture.md names what is there, and nothing that is not.
struct ArchitectureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    private let page: String

    init() throws {
        page = try String(contentsOf: Self.root.appending(path: "docs/architecture.md"), encoding: .utf8)
    }

    /// Folders of Sources that hold files of their own.
    private var folders: Set<String> {
        get throws {
            let sources = Self.root.appending(path: "Sources")
            let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
            return Set(
                paths.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".h") }
                    .map { "Sources/" + ($0 as NSString).deletingLastPathComponent.replacing("/include", with: "") })
        }
    }

    /// What the page names in backticks.
    private var named: Set<String> { Set(page.matches(of: /`([^`\n]+)`/).map { String($0.1) }) }

    @Test func everyFolderIsNamed() throws {
        let folders = try folders
        #expect(folders.count > 30)
        #expect(folders.subtracting(named).sorted() == [])
    }

    @Test func everyNamedFolderIsThere() throws {
        let folders = try folders
        let gone = named.filter { $0.hasPrefix("Sources/") && !folders.contains($0) }
        #expect(gone.sorted() == [])
    }

    /// The first word that somebody types leads to a file of that name.
    @Test func tenQuestionsLeadToAFile() throws {
        let sources = Self.root.appending(path: "Sources")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
            .filter { !$0.hasPrefix("RocketChatSandbox") }.map { ($0 as NSString).lastPathComponent.lowercased() }
        let words = [
            "retry", "ratelimit", "redact", "pagination", "tombstone", "lookback", "checkpoint", "offer", "coercion",
            "exitcode",
        ]
        for word in words { #expect(files.contains { $0.contains(word) }, "no file for \(word)") }
    }
}
