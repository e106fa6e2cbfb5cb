import AirbyteProtocol
import CSystem

@testable import RunnerKit

/// The program as it was built with these tests, for what concerns a whole process.
enum BuiltRunner {
    /// It stands beside the test bundle.
    static let path: String = {
        let folder = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let beside = folder.joined(separator: "/") + "/airbyte-run"
        if access(beside, X_OK) == 0 { return beside }
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        return package.joined(separator: "/") + "/.build/debug/airbyte-run"
    }()

    /// Runs a script of `sh` to its end, in which `$run` is the program and `$source`, `$config`, `$here`, `$db` are the
    /// source's. Returns what it printed.
    static func script(_ text: String, _ source: FakeSource) throws -> String {
        let variables = [
            "run=\(path)", "source=\(source.command)", "config=\(source.config)", "here=\(source.folder)",
            "db=\(source.database)",
        ]
        var output = ""
        _ = try SourceRun(words: ["env"] + variables + ["sh", "-c", text]).run { event in
            if case .output(.line(let line)) = event { output += String(decoding: line, as: UTF8.self) + "\n" }
            return .goOn
        }
        return output
    }
}
