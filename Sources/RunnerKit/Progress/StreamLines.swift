/// Draws streams in columns: name, bar, percent, rows, and what they wait for. Pure.
struct StreamLines {
    /// How much is told of each.
    enum Level { case narrow, medium, wide }

    private struct Cells {
        let stream: SyncPicture.Stream
        let rows: String
        let percent: String
        let note: String

        init(_ stream: SyncPicture.Stream, _ level: Level, hasTotal: Bool) {
            self.stream = stream
            let total = hasTotal ? stream.total.map { " of \(Amount.count($0))" } ?? "" : ""
            rows = stream.rows == 0 && total.isEmpty ? "" : Amount.count(stream.rows) + total
            percent = stream.share.map { "\(Int($0 * 100)) %" } ?? ""
            note = StreamLines.note(stream, level)
        }
    }

    private let cells: [Cells]
    private let width: Int
    private let style: ScreenStyle
    private let level: Level

    private static let bars = (least: 4, good: 8, most: 40)
    private static let leastName = 8

    /// The streams in their order, none of the lines wider than `width`.
    init(_ streams: [SyncPicture.Stream], width: Int, style: ScreenStyle, level: Level) {
        self.width = width
        self.style = style
        self.level = level
        let cells = streams.map { Cells($0, level, hasTotal: true) }
        // With rows by the thousand million there is no room for both numbers.
        let isTight = width - Self.others(cells, level) - 2 < Self.leastName
        self.cells = isTight ? streams.map { Cells($0, level, hasTotal: false) } : cells
    }

    /// The columns that all but name and bar take: two spaces between them, one before the percent.
    private static func others(_ cells: [Cells], _ level: Level) -> Int {
        let rows = cells.map { displayWidth($0.rows) }.max() ?? 0
        let note = level == .narrow ? 0 : cells.map { displayWidth($0.note) }.max() ?? 0
        return 1 + percent + (rows > 0 ? 2 + rows : 0) + (note > 0 ? 2 + note : 0)
    }

    private static let percent = 4

    /// What a stream waits for, or how long it takes still.
    private static func note(_ stream: SyncPicture.Stream, _ level: Level) -> String {
        let limit = stream.limitedUntil.map { "rate-limited until \($0)" }
        let left = stream.left.map { "about \(Amount.time($0)) to go" }
        switch level {
        case .narrow:
            guard let limit else { return left ?? "" }
            return limit + (stream.left.map { ", ~\(Amount.time($0))" } ?? "")
        case .medium: return limit ?? left ?? (stream.phase == .waiting ? "waiting" : "")
        case .wide:
            let size = stream.bytes > 0 ? Amount.size(stream.bytes) : nil
            let wait = stream.phase == .waiting ? "waiting" : nil
            return [size, limit ?? wait, left].compactMap(\.self).joined(separator: ", ")
        }
    }

    /// One line for each, two where there is little room.
    var lines: [String] {
        let rows = cells.map { displayWidth($0.rows) }.max() ?? 0
        let names = cells.map { displayWidth($0.stream.name) }.max() ?? 0
        let others = Self.others(cells, level)
        let goodBar = level == .narrow ? Self.bars.least : Self.bars.good
        let name = max(Self.leastName, min(names, width - others - 2 - goodBar))
        let rest = width - others - name - 2
        let bar = cells.contains { $0.stream.share != nil } && rest >= Self.bars.least ? min(rest, Self.bars.most) : 0

        return cells.flatMap { cell -> [String] in
            var line = padded(cut(cell.stream.name, to: name), to: name)
            if bar > 0 { line += "  " + self.bar(cell.stream.share, bar) }
            line += " " + padded(cell.percent, to: Self.percent, right: true)
            if rows > 0 { line += "  " + padded(cell.rows, to: rows, right: cell.stream.total == nil) }
            guard level == .narrow else { return [trimmed(line + "  " + coloured(cell.note, cell))] }
            let note = cell.note.isEmpty ? [] : ["  " + coloured(cut(cell.note, to: width - 2), cell)]
            return [trimmed(line)] + note
        }
    }

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
