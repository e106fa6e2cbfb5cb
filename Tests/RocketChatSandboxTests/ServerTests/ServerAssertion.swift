@testable import RocketChatSandbox

/// What one of the server's own end-to-end tests asserts of a route that the connector calls, asked of the stand-in.
///
/// Cited are the file below `apps/meteor/tests/end-to-end/api` and the line of the test in the trees that were read: 6.14
/// and 7.2 of the development branch (played as 6.13.1 and 7.2.0), 7.10.0-rc.2 and 8.6.1.
struct ServerAssertion: Sendable {
    let file: String
    let lines: [String: Int]
    let holds: @Sendable (Scene) -> Bool

    init(_ file: String, _ lines: [String: Int], _ holds: @escaping @Sendable (Scene) -> Bool) {
        self.file = file
        self.lines = lines
        self.holds = holds
    }

    /// All of them.
    static let all = messages + rooms + people + catalogues + omnichannel + writing
}
