package import AirbyteProtocol

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

    /// Reads one small answer whole, after the same checks; `read` picks what is wanted, or nothing when it is not there.
    package func json<Value: Sendable>(
        _ request: APIRequest, read: (JSONValue) -> Value?
    ) async throws(APIError) -> Value {
        try await perform(request) { (response, judge) throws(Failure) in
            let answer: JSONValue
            do {
                answer = try JSONValue.parse(response.body)
            } catch {
                throw judge.unusable("the body was not valid JSON (\(error))")
            }
            if request.requiresSuccess { try Self.check(answer["success"]?.boolValue, response, judge) }
            guard let value = read(answer) else {
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
