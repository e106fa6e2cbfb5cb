package import RocketChatAPI
import Synchronization

/// A transport that answers from a closure and keeps what it was asked.
package final class ScriptedTransport: HTTPTransport {
    private let answer: @Sendable (HTTPRequest, Int) async throws(TransportError) -> HTTPResponse
    private let log = Mutex<[HTTPRequest]>([])

    /// Answers by calling `answer` with the request and its number (from 0).
    package init(_ answer: @escaping @Sendable (HTTPRequest, Int) async throws(TransportError) -> HTTPResponse) {
        self.answer = answer
    }

    /// The requests so far, in order of arrival.
    package var requests: [HTTPRequest] { log.withLock { $0 } }

    /// Answers one request.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count - 1
        }
        return try await answer(request, number)
    }
}
