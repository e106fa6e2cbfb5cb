/// How much is asked for at once. The defaults suit production; tests make them small, so that a few dozen messages show
/// what takes millions otherwise.
package struct RequestSizes: Sendable {
    /// Bytes that a page of messages should have at most, about. Several are in memory at a time.
    package var page = 1_500_000
    /// Messages asked for at least, whatever their size.
    package var smallestPage = 50
    /// Removals asked for at once: all of them, because paging them is unsound (rocket-chat-api.md §5.5, trap 2).
    package var removals = 100_000
    /// Largest unpaged answer of changes, in bytes, before it is asked for in pages instead.
    package var largestIncrement = 16 << 20
    /// Longest gap for which changes and removals are asked for in one unpaged answer, in ms.
    package var longestIncrement: Int64 = 3 * 86_400_000
    /// Most messages of a room that are read in one unpaged answer on servers without a cursor.
    package var smallRoom = 5000

    package init() {}
}
