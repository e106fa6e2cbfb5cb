/// Runs the parts of one stream, several at once.
enum SideBySide {
    /// Runs `body` for each part, at most `limit` at once, and `ended` after each one, in the order in which they end.
    /// - Throws: what `ended` throws; `ReadError.cancelled` when the run must end.
    static func forEach<Part: Sendable>(
        _ parts: [Part], limit: Int, _ body: @escaping @Sendable (Part) async throws(ReadError) -> Void,
        ended: (Part, ReadError?) throws(ReadError) -> Void
    ) async throws(ReadError) {
        do {
            try await withThrowingTaskGroup(of: (Part, ReadError?).self) { group in
                var waiting = parts.makeIterator()
                for _ in 0..<limit {
                    guard let part = waiting.next() else { break }
                    group.addTask { await attempt(part, body) }
                }
                while let (part, error) = try await group.next() {
                    try ended(part, error)
                    if let part = waiting.next() { group.addTask { await attempt(part, body) } }
                }
            }
        } catch let error as ReadError {
            throw error
        } catch {
            throw .cancelled
        }
    }

    private static func attempt<Part: Sendable>(
        _ part: Part, _ body: @Sendable (Part) async throws(ReadError) -> Void
    ) async -> (Part, ReadError?) {
        do {
            try await body(part)
            return (part, nil)
        } catch {
            return (part, error)
        }
    }
}
