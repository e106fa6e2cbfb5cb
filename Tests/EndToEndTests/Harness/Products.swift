import Foundation

/// Where things lie.
enum Products {
    /// The connector that was built with these tests.
    static let connector = "\(folder)/source-rocket-chat"
    /// The runner that was built with these tests.
    static let runner = "\(folder)/airbyte-run"
    /// The sandbox that was built with these tests.
    static let sandbox = "\(folder)/rocket-chat-sandbox"

    /// Programs are built into the folder of the test bundle.
    private static let folder: String = {
        #if os(Linux)
            let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        #else
            let bundle = Bundle(for: Anchor.self).bundleURL
        #endif
        return bundle.deletingLastPathComponent().path
    }()

    private final class Anchor {}

    /// A file of the project, as bytes.
    static func file(_ path: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }

    /// A file of the project, as text.
    static func text(_ path: String) throws -> String { String(decoding: try file(path), as: UTF8.self) }
}
