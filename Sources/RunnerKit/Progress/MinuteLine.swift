/// A sync in one line, for logs: said once a minute where nothing can be drawn. Pure.
enum MinuteLine {
    /// Most streams that are named.
    private static let mostStreams = 4

    /// `14:03:05, after 3 min: 12 of 30 streams complete, 3 211 rows, …`.
    static func text(_ picture: SyncPicture) -> String {
        let failed = picture.failed > 0 ? ", \(picture.failed) failed" : ""
        let left = picture.left.map { ", about \(Amount.time($0)) to go" } ?? ""
        let head =
            "\(picture.timeOfDay), after \(Amount.time(picture.elapsed)): \(picture.complete) of \(picture.streams.count) streams"
            + " complete\(failed), \(Amount.count(picture.rows)) rows, \(Amount.size(picture.bytes)),"
            + " \(Amount.speed(picture.bytesPerSecond))\(left)"
        let streams = picture.unfinished
        let named = streams.prefix(mostStreams).map(part)
        let more = streams.count > named.count ? [Amount.count(streams.count - named.count, "more stream")] : []
        return ([head] + (picture.outage.map { [$0] } ?? []) + named + more).joined(separator: "; ")
    }

    private static func part(_ stream: SyncPicture.Stream) -> String {
        let total = stream.total.map { " of \(Amount.count($0))" } ?? ""
        let rows = stream.rows > 0 || stream.total != nil ? " \(Amount.count(stream.rows))\(total) rows" : ""
        let share = stream.share.map { " (\(Int($0 * 100)) %)" } ?? ""
        let wait = stream.limitedUntil.map { ", rate-limited until \($0)" } ?? ""
        return stream.name + rows + share + wait
    }
}
