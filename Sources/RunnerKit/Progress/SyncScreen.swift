/// Draws a sync as lines that fit a screen: one about all of it, then the slowest streams. Pure.
struct SyncScreen {
    private let picture: SyncPicture
    private let style: ScreenStyle

    /// The columns that are counted on: the last one is left free, since terminals disagree on what happens there.
    private var width: Int { max(Self.least, style.columns - 1) }
    /// No screen is taken for narrower.
    private static let least = 35
    /// Below it a stream takes two lines.
    private static let narrow = 60
    /// From it on a stream's bytes and time are shown, too.
    private static let wide = 110
    private static let mostStreams = 12

    private init(_ picture: SyncPicture, _ style: ScreenStyle) {
        self.picture = picture
        self.style = style
    }

    /// The lines, none wider than the screen and not more than it has.
    static func lines(_ picture: SyncPicture, _ style: ScreenStyle) -> [String] { SyncScreen(picture, style).lines }

    private var lines: [String] {
        let streams = picture.unfinished
        let height = style.columns < Self.narrow ? 2 : 1
        let room = max(1, min(Self.mostStreams, (style.rows - 4) / height))
        var lines = [coloured(headline, .bold)]
        if let outage { lines.append(coloured(outage, .yellow)) }
        lines += StreamLines(Array(streams.prefix(room)), width: width, style: style, level: level).lines
        if streams.count > room {
            lines.append(cut("and \(Amount.count(streams.count - room, "more stream"))", to: width))
        }
        return lines
    }

    private var level: StreamLines.Level {
        style.columns < Self.narrow ? .narrow : style.columns < Self.wide ? .medium : .wide
    }

    private func coloured(_ text: String, _ colour: Colour) -> String { style.hasColour ? colour(text) : text }

    /// The first that fits; the last is cut where none does.
    private func fitting(_ candidates: [String]) -> String {
        candidates.first { displayWidth($0) <= width } ?? cut(candidates.last ?? "", to: width)
    }

    private var headline: String {
        let (all, rows) = (picture.streams.count, Amount.count(picture.rows))
        let time = Amount.watch(picture.elapsed)
        let speed = Amount.speed(picture.bytesPerSecond)
        let failed = picture.failed > 0 ? ", \(picture.failed) failed" : ""
        let left = picture.left.map { ", about \(Amount.time($0)) to go" } ?? ""
        let short = picture.left.map { "  ~\(Amount.time($0))" } ?? ""
        let share = "\(picture.complete) of \(all) streams"
        return fitting([
            "\(time)  \(share) complete\(failed), \(rows) rows, \(Amount.size(picture.bytes)), \(speed)\(left)",
            "\(time)  \(share)\(failed), \(rows) rows, \(speed)\(left)",
            "\(time)  \(picture.complete)/\(all)\(failed)  \(rows) rows  \(speed)\(short)",
            "\(time)  \(picture.complete)/\(all)\(failed)  \(speed)\(short)",
            "\(time)\(short)",
        ])
    }

    private var outage: String? {
        guard let outage = picture.outage else { return nil }
        guard displayWidth(outage) > width, let semicolon = outage.firstIndex(of: ";") else {
            return cut(outage, to: width)
        }
        return cut(String(outage[..<semicolon]), to: width)
    }
}
