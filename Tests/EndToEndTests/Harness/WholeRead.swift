import RocketChatSandbox

/// One read of all streams of a lively workspace by its administrator, with the discover before it. Many tests look at it, so it
/// happens once.
struct WholeRead: Sendable {
    let stage: Stage
    /// What `discover` said.
    let discover: Run
    /// What `read` said.
    let read: Run

    /// The one there is.
    static var shared: WholeRead { get async throws { try await once.value } }

    private static let once = Task {
        // Enough messages that each text that has tripped consumers is among them.
        let stage = try Stage { $0.messages = 2500 }
        stage.sandbox.live(steps: 60)
        let discover = try await Run.connector(["discover", "--config", try stage.config()])
        let names = discover.catalog.compactMap { $0["name"]?.text }
        return WholeRead(stage: stage, discover: discover, read: try await stage.read(names))
    }

    /// Names of the streams.
    var streams: [String] { discover.catalog.compactMap { $0["name"]?.text } }
}
