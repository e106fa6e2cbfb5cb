package import AirbyteProtocol

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RocketChatClient {
    /// Reads and scans one page.
    ///
    /// The scanner's layout must list the scalar `["success"]` unless the request says that the answer has none. JSON
    /// that is broken, says `success: false` or says nothing is retried, and never returned.
    package func page(_ request: APIRequest, scanner: PageScanner) async throws(APIError) -> APIPage {
        let successIndex = scanner.layout.scalars.firstIndex(of: ["success"])
        precondition(
            successIndex != nil || !request.requiresSuccess, "the layout of \(request.route) lacks [\"success\"]")
        return try await perform(request) { (response, judge) throws(Failure) in
            let page: ScannedPage
            do {
                page = try scanner.scan(response.body)
            } catch {
                throw judge.unusable("the body was not valid JSON (\(error))")
            }
            if request.requiresSuccess, let successIndex {
                try Self.check(page.scalar(successIndex).flatMap { page.boolean($0) }, response, judge)
            }
            return APIPage(page: page, serverDate: Self.date(response), bytes: response.body.count)
        }
    }

    /// Reads one small answer and decodes it whole, after the same checks.
    package func json<T: Decodable & Sendable>(_ request: APIRequest, as type: T.Type) async throws(APIError) -> T {
        try await perform(request) { (response, judge) throws(Failure) in
            let answer: Envelope<T>
            do {
                answer = try JSONDecoder().decode(Envelope<T>.self, from: Data(response.body))
            } catch {
                throw judge.unusable("the body was not valid JSON")
            }
            if request.requiresSuccess { try Self.check(answer.success, response, judge) }
            guard let value = answer.value else {
                throw judge.unusable("the body does not have the expected members")
            }
            return value
        }
    }

    private static func check(
        _ success: Bool?, _ response: HTTPResponse, _ judge: AnswerJudge
    ) throws(Failure) {
        switch success {
        case true?: return
        case false?: throw judge.unusable("it says `success: false`\(ErrorBody(response).quotation)")
        case nil: throw judge.unusable("it does not say `success: true`")
        }
    }

    private static func date(_ response: HTTPResponse) -> Int64? {
        response.headers["Date"].flatMap { HTTPDate.milliseconds($0) }
    }
}

// The value and the envelope's `success` in one decoding; a value of another shape is told from broken JSON.
private struct Envelope<Value: Decodable>: Decodable {
    let success: Bool?
    let value: Value?

    init(from decoder: any Decoder) throws {
        let container = try? decoder.container(keyedBy: Key.self)
        success = try? container?.decode(Bool.self, forKey: .success)
        value = try? Value(from: decoder)
    }

    private enum Key: String, CodingKey {
        case success
    }
}
