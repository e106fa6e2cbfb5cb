package import JSONBytes

extension RocketChatClient {
    /// Reads and scans one page.
    ///
    /// The scanner's format must have the scalar `["success"]` unless the request says that the answer has none. JSON
    /// that is broken, says `success: false` or says nothing, or lacks one of the format's lists, is retried and never
    /// returned: a list that is not there is not an empty list.
    ///
    /// - Parameters:
    ///   - mayLack: lists that some version leaves out of this answer.
    ///   - check: looks at the page once more; a sentence says what is wrong with it ("it holds rows of another room").
    package func page(
        _ request: APIRequest, scanner: PageScanner, mayLack: Set<PageFormat.List> = [],
        check: (ScannedPage) -> String? = { _ in nil }
    ) async throws(APIError) -> APIPage {
        let success = scanner.format.existingScalar(at: ["success"])
        precondition(
            success != nil || !request.requiresSuccess, "the format of \(request.route) lacks [\"success\"]")
        return try await perform(request) { (response, classifier) throws(Failure) in
            let page: ScannedPage
            do {
                page = try scanner.scan(response.body)
            } catch {
                throw classifier.unusable("the body was not valid JSON (\(error))")
            }
            if request.requiresSuccess, let success {
                try Self.check(page.boolean(success), response, classifier)
            }
            for (list, path) in scanner.format.allLists
            where !page.isArray(list) && !path.isEmpty && !(mayLack.contains(list) && !page.isPresent(list)) {
                throw classifier.unusable("its list `\(path.joined(separator: "."))` is not there")
            }
            if scanner.format.allLists.first?.path == [], !request.requiresSuccess, !page.isArray(.first) {
                throw classifier.unusable("it is not the list it should be")
            }
            if let fault = check(page) { throw classifier.unusable(fault) }
            return APIPage(page: page, serverDate: Self.date(response))
        }
    }

    /// Reads one small answer whole, after the same checks; `read` picks what is wanted, or nothing when it is not there.
    package func json<Value: Sendable>(
        _ request: APIRequest, read: (JSON) -> Value?
    ) async throws(APIError) -> Value {
        var request = request
        // As a tree it takes ten times as much memory.
        request.maximumBodyBytes = request.maximumBodyBytes ?? 16 << 20
        return try await perform(request) { (response, classifier) throws(Failure) in
            let answer: JSON
            do {
                answer = try JSON(parsing: response.body)
            } catch {
                throw classifier.unusable("the body was not valid JSON (\(error))")
            }
            if request.requiresSuccess { try Self.check(answer["success"]?.boolean, response, classifier) }
            guard let value = read(answer) else {
                throw classifier.unusable("the body does not have the expected members")
            }
            return value
        }
    }

    private static func check(
        _ success: Bool?, _ response: HTTPResponse, _ classifier: ResponseClassifier
    ) throws(Failure) {
        switch success {
        case true?: return
        case false?: throw classifier.unusable("it says `success: false`\(ErrorBody(response).quotation)")
        case nil: throw classifier.unusable("it does not say `success: true`")
        }
    }

    private static func date(_ response: HTTPResponse) -> Int64? {
        response.headers["Date"].flatMap { HTTPDate.milliseconds($0) }
    }
}
