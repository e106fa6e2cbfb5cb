#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Instants as the server writes them in requests and configuration: ISO 8601 in UTC. Records never come through here.
enum Timestamp {
    private static let withMilliseconds = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let withoutFraction = Date.ISO8601FormatStyle()

    /// `2026-03-01T10:20:30.123Z` for an instant in Unix ms.
    static func text(_ milliseconds: Int64) -> String {
        // Half a millisecond more, because a double cannot hold every millisecond and the format cuts off.
        withMilliseconds.format(Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000))
    }

    /// The instant in Unix ms of an ISO 8601 text with or without a fraction of a second; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        let date = (try? withMilliseconds.parse(text)) ?? (try? withoutFraction.parse(text))
        return date.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
    }
}
