package import RocketChatAPI
package import RocketChatSandbox
import Synchronization

/// A way to a sandbox in the same process, on the time of a virtual clock: no socket, no thread, no waiting.
package final class SandboxTransport: HTTPTransport {
    private let sandbox: Sandbox
    private let clock: VirtualClock
    private let ahead: Int64
    private let log = Mutex<[HTTPRequest]>([])

    /// A way to `sandbox`, whose clock must be a manual one; before each answer it is set to `clock` plus `ahead` ms.
    package init(_ sandbox: Sandbox, clock: VirtualClock, ahead: Int64 = 0) {
        self.sandbox = sandbox
        self.clock = clock
        self.ahead = ahead
    }

    /// A sandbox that begins at the time of `clock`.
    package static func sandbox(_ options: SandboxOptions = SandboxOptions(), at clock: VirtualClock) -> Sandbox {
        var options = options
        options.clock = .manual(clock.now())
        return Sandbox(options)
    }

    /// The requests so far, in order of arrival.
    package var requests: [HTTPRequest] { log.withLock { $0 } }

    /// Answers one request.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        log.withLock { $0.append(request) }
        let lag = clock.now() + ahead - sandbox.now
        if lag > 0 { sandbox.advance(milliseconds: lag) }
        let answer = sandbox.handle(SandboxRequest(target: Self.target(of: request.url), headers: request.headers))
        switch answer.delivery {
        case .whole: break
        case .slow(let milliseconds):
            do { try await clock.sleep(until: clock.now() + Int64(min(milliseconds, request.timeout))) } catch {
                throw TransportError(.cancelled, "cancelled while the answer came in")
            }
            if milliseconds > request.timeout { throw TransportError(.timeout, "the answer took too long") }
        case .truncated: throw TransportError(.truncated, "the connection ended in the middle of the answer")
        case .dropped: throw TransportError(.truncated, "the connection ended without an answer")
        case .refused: throw TransportError(.connect, "connection refused")
        }
        guard answer.body.count <= request.maximumBodyBytes else {
            throw TransportError(.bodyTooLarge, "the answer is too large")
        }
        return HTTPResponse(status: answer.status, headers: HTTPHeaders(answer.headers), body: answer.body)
    }

    /// Path and query of an absolute URL.
    package static func target(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}
