import AirbyteProtocol
import JSONBytes
import RocketChatAPI
import TestSupport
import Testing

@testable import RocketChatSource

/// Who can mend a failure: one answer has one word, whether it ends the run or a stream.
@Suite struct FailureTypeTests {
    /// A server of unknown version, where `route` is answered with `answer` and all else as it should be.
    private func server(_ route: String, _ answer: HTTPResponse) -> ScriptedTransport {
        ScriptedTransport { request, _ in
            let path = request.url.prefix { $0 != "?" }
            if path.hasSuffix("/" + route) { return answer }
            if path.hasSuffix("/me") {
                return .json(#"{"_id":"Us3rOfTheTest0001","roles":["admin"],"success":true}"#)
            }
            return .json(#"{"update":[{"_id":"view-all","roles":["admin"]}],"success":true}"#)
        }
    }

    private func failureTypes(_ run: ConnectorRun) -> Set<String> {
        Set(run.messages.compactMap { $0["trace"]?["error"]?["failure_type"]?.string })
    }

    @Test(arguments: [
        (
            400, #"{"success":false,"error":"invalid [error-invalid-params]","errorType":"error-invalid-params"}"#,
            "system_error"
        ),
        (404, #"{"success":false,"error":"API endpoint does not exist"}"#, "transient_error"),
        (403, #"{"success":false,"error":"unauthorized"}"#, "config_error"),
        (503, #"{"success":false,"error":"x"}"#, "transient_error"),
    ])
    func theRunAndAStreamSayTheSame(status: Int, body: String, expected: String) async throws {
        let answer = HTTPResponse.json(body, status: status)
        let run = try await ConnectorRun.discover(server("me", answer), clock: VirtualClock())
        let read = try await ConnectorRun.read([rolesStream], server("roles.sync", answer), clock: VirtualClock())
        #expect(run.code == .failed && read.code == .failed)
        #expect(failureTypes(run) == [expected])
        #expect(read.errors(of: rolesStream).count == 1)
        // The summary of the run follows.
        #expect(failureTypes(read) == [expected, "transient_error"])
    }
}
