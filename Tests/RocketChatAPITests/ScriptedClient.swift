import JSONBytes
import RocketChatAPI
import Synchronization
import TestSupport

/// A client over scripted answers in virtual time.
struct ScriptedClient: Sendable {
    /// The clock everything runs by.
    let clock: VirtualClock
    /// What was sent.
    let transport: ScriptedTransport
    /// The client under test.
    let client: RocketChatClient

    /// Answers request number *n* with `answers[n]`, and every later one with the last of them.
    init(
        _ answers: [Result<HTTPResponse, TransportError>], endpoint: String = "https://chat.example.org/team",
        settings: ClientSettings = ClientSettings()
    ) throws {
        try self.init(endpoint: endpoint, settings: settings) { _, number throws(TransportError) in
            try answers[min(number, answers.count - 1)].get()
        }
    }

    /// Answers by calling `answer`.
    init(
        endpoint: String = "https://chat.example.org/team", settings: ClientSettings = ClientSettings(),
        _ answer: @escaping @Sendable (HTTPRequest, Int) async throws(TransportError) -> HTTPResponse
    ) throws {
        clock = VirtualClock()
        transport = ScriptedTransport(answer)
        client = RocketChatClient(
            server: try ServerAddress(endpoint), credentials: try Credentials(token: "sesame", userID: "ali"),
            transport: transport, clock: clock, settings: settings)
    }

    /// Reads one page of `messages`; the number of its records, or the error.
    func read(
        _ path: String = "v1/channels.messages", query: [(String, String)] = [], authenticated: Bool = true
    ) async throws -> Result<Int, APIError> {
        var format = PageFormat(list: ["messages"], of: RecordShape(types: ["_id": .string]))
        format.scalar(at: ["success"])
        let scanner = PageScanner(format)
        let client = client
        let request = APIRequest(path, query: query, authenticated: authenticated)
        return try await clock.run {
            do throws(APIError) {
                return .success(try await client.page(request, scanner: scanner).page.count())
            } catch {
                return .failure(error)
            }
        }
    }

    /// Virtual ms since the start.
    var elapsed: Int64 { clock.now() - VirtualClock().now() }
}

extension Result where Failure == APIError {
    /// The error, if it is one.
    var error: APIError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
