/// Lines on a terminal that are drawn anew where they stand. Only makes the text that does it.
struct LiveBlock {
    private var lines: [String] = []

    /// Nothing drawn.
    init() {}

    /// Whether anything is on the screen.
    var isEmpty: Bool { lines.isEmpty }

    /// Goes to the block's first column and removes all of it. `columns` is the screen's width now: a terminal that has become
    /// narrower has wrapped what stood there.
    func erasing(columns: Int) -> String {
        guard !lines.isEmpty else { return "" }
        let height = lines.reduce(0) { $0 + max(1, (Self.width($1) + columns - 1) / columns) }
        return "\r" + (height > 1 ? "\u{1B}[\(height - 1)A" : "") + "\u{1B}[J"
    }

    /// Draws it. Without wrapping, so that a character of another width than expected costs no line.
    var text: String {
        lines.isEmpty ? "" : "\u{1B}[?7l" + lines.joined(separator: "\n") + "\u{1B}[?7h"
    }

    /// Puts these lines into the place of the former ones; the text that shows it, empty when nothing has changed.
    mutating func replace(_ new: [String], columns: Int) -> String {
        guard new != lines else { return "" }
        let erase = erasing(columns: columns)
        lines = new
        return erase + text
    }

    /// Removes the block for good; the text that does it.
    mutating func remove(columns: Int) -> String {
        defer { lines = [] }
        return erasing(columns: columns)
    }

    /// Without the escape sequences of colours.
    private static func width(_ line: String) -> Int {
        var isEscape = false
        return line.reduce(into: 0) { width, character in
            if character == "\u{1B}" { isEscape = true }
            if !isEscape { width += displayWidth(String(character)) }
            if isEscape, character == "m" { isEscape = false }
        }
    }
}
