/// Text broken into lines for a terminal.
enum TextBlock {
    /// The width that help is written for: that of the narrowest usual terminal.
    static let width = 80

    /// `text` in lines of at most `width` columns, the first one behind `head`, the others indented as far.
    static func hanging(_ head: String, _ text: String, width: Int = width) -> String {
        wrapped(text.split(separator: " ").map(String.init), head: head, width: width)
    }

    /// The same for pieces that are not broken, such as an option with its value.
    static func wrapped(_ pieces: [String], head: String, width: Int = width) -> String {
        let indent = String(repeating: " ", count: head.count)
        var lines: [String] = []
        var line = head
        var isEmpty = true
        for piece in pieces {
            if !isEmpty, line.count + 1 + piece.count > width {
                lines.append(line)
                (line, isEmpty) = (indent, true)
            }
            line += (isEmpty ? "" : " ") + piece
            isEmpty = false
        }
        return (lines + [isEmpty ? String(line.dropLast()) : line]).joined(separator: "\n")
    }
}
