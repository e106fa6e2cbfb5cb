/// Draws streams in columns: name, bar, percent, rows, and what they wait for. Pure.
struct StreamLines {
    /// How much is told of each.
    enum Level { case narrow, medium, wide }

    private struct Cells {
        let stream: SyncPicture.Stream
        let name: String
        let rows: String
        let percent: String
        let note: String
    }

    private let cells: [Cells]
    private let width: Int
    private let style: ScreenStyle
    private let level: Level

    private static let bars = (least: 4, most: 40)
    private static let leastName = 8

    /// The streams in their order, none of the lines wider than `width`.
    init(_ streams: [SyncPicture.Stream], width: Int, style: ScreenStyle, level: Level) {
        cells = streams.map { stream in
            let total = stream.total.map { " of \(Amount.count($0))" } ?? ""
            return Cells(
                stream: stream, name: stream.name, rows: stream.rows == 0 && total.isEmpty ? "" : Amount.count(stream.rows) + total,
                percent: stream.share.map { "\(Int($0 * 100)) %" } ?? "",
                note: Self.note(stream, level))
        }
        self.width = width
        self.style = style
        self.level = level
    }

    /// What a stream waits for, or how long it takes still.
    private static func note(_ stream: SyncPicture.Stream, _ level: Level) -> String {
        let limit = stream.limitedUntil.map { "rate-limited until \($0)" }
        let left = stream.left.map { level == .narrow ? "~\(Amount.time($0))" : "about \(Amount.time($0)) to go" }
        switch level {
        case .narrow: return [limit, left].compactMap(\.self).joined(separator: ", ")
        case .medium: return limit ?? left ?? (stream.phase == .waiting ? "waiting" : "")
        case .wide:
            let size = stream.bytes > 0 ? Amount.size(stream.bytes) : nil
            let wait = stream.phase == .waiting ? "waiting" : nil
            return [size, limit ?? wait, left].compactMap(\.self).joined(separator: ", ")
        }
    }

    /// One line for each, two where there is little room.
    var lines: [String] {
        let percent = 4
        let rows = cells.map { displayWidth($0.rows) }.max() ?? 0
        let note = level == .narrow ? 0 : cells.map { displayWidth($0.note) }.max() ?? 0
        let names = cells.map { displayWidth($0.name) }.max() ?? 0
        // Two spaces between columns, one before the percent.
        let others = 1 + percent + (rows > 0 ? 2 + rows : 0) + (note > 0 ? 2 + note : 0)
        let name = max(Self.leastName, min(names, width - others - 2 - Self.bars.least))
        let rest = width - others - name - 2
        let bar = cells.contains { $0.stream.share != nil } && rest >= Self.bars.least ? min(rest, Self.bars.most) : 0

        return cells.flatMap { cell -> [String] in
            var line = padded(cut(cell.name, to: name), to: name)
            if bar > 0 { line += "  " + self.bar(cell.stream.share, bar) }
            line += " " + padded(cell.percent, to: percent, right: true)
            if rows > 0 { line += "  " + padded(cell.rows, to: rows, right: cell.stream.total == nil) }
            guard level == .narrow else {
                return [trimmed(line + "  " + coloured(cell.note, cell))]
            }
            let note = cell.note.isEmpty ? [] : ["  " + coloured(cut(cell.note, to: width - 2), cell)]
            return [trimmed(cut(line, to: width + (style.hasColour && bar > 0 ? Self.colourLength : 0)))] + note
        }
    }

    /// What the escape sequences of a coloured bar add to a line's characters.
    private static let colourLength = displayWidth(Colour.green(""))

    private func coloured(_ note: String, _ cell: Cells) -> String {
        style.hasColour && cell.stream.limitedUntil != nil ? Colour.yellow(note) : note
    }

    private func bar(_ share: Double?, _ length: Int) -> String {
        guard let share else { return String(repeating: " ", count: length) }
        let done = Int(share * Double(length))
        let (full, empty) = style.isUnicode ? ("█", "░") : ("#", ".")
        let text = String(repeating: full, count: done) + String(repeating: empty, count: length - done)
        return style.hasColour ? Colour.green(text) : text
    }

    private func trimmed(_ line: String) -> String { String(line.reversed().drop { $0 == " " }.reversed()) }
}
