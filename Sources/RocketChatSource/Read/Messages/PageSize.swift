/// How many messages to ask for at once, chosen by bytes: a page should fill a budget, not exceed it.
///
/// Requests are what the server limits, so pages are as large as memory allows; the count of `chat.syncMessages` has no cap
/// of its own (rocket-chat-api.md §5.5).
package struct PageSize: Sendable {
    /// Bytes that a page should have at most, about.
    package let budget: Int
    /// Rows asked for at least.
    package let smallest: Int
    private var averageBytes: Double

    /// Pages of about `budget` bytes. A message is taken for 1 KB until pages have been seen.
    package init(budget: Int = RequestSizes().page, smallest: Int = RequestSizes().smallestPage) {
        self.budget = budget
        self.smallest = smallest
        averageBytes = 1024
    }

    /// Learns from a page of `rows` messages and `bytes` bytes.
    package mutating func learn(rows: Int, bytes: Int) {
        guard rows >= 10 else { return }
        averageBytes = max(64, averageBytes * 0.5 + Double(bytes) / Double(rows) * 0.5)
    }

    /// Rows to ask for in a room of about `expected` messages (nil when unknown).
    ///
    /// The room's counter drifts, so some more are asked for: a room that fits in one page costs one request.
    package func count(expected: Int?) -> Int {
        let affordable = max(smallest, Int(Double(budget) / averageBytes))
        guard let expected else { return affordable }
        return min(affordable, max(smallest, expected + expected / 10 + 20))
    }
}
