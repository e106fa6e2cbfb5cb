import RocketChatAPI

extension Listing {
    /// Asks the variants in order, those that the token and the server allow; the answer of the first that works.
    ///
    /// Older servers lack routes, and 7.0 to 7.3.2 refuse paging of channels.list (#35187). If nothing works, the refusal of
    /// the first one is thrown.
    /// - Throws: `ReadError`.
    func firstAnswer<Answer>(
        _ context: SyncContext, stream: String, _ ask: (ListEndpoint) async throws(ReadError) -> Answer
    ) async throws(ReadError) -> Answer {
        let candidates = endpoints.filter { context.access.offers($0) }
        var refusal: ReadError?
        for endpoint in candidates.isEmpty ? endpoints.suffix(1) : candidates[...] {
            do {
                return try await ask(endpoint)
            } catch .api(let error)
                where error.kind == .unavailable || error.kind == .invalidRequest || error.kind == .refused
            {
                refusal = refusal ?? .api(error)
            }
        }
        throw refusal ?? .api(APIError(.unavailable, "No endpoint of stream '\(stream)' could be asked."))
    }
}
