import CSystem

/// What the screen at hand can show.
struct ScreenStyle: Equatable {
    /// Its width in characters.
    var columns = 80
    /// Its height in lines.
    var rows = 24
    /// Whether colours are wanted.
    var hasColour = false
    /// Whether it takes block characters.
    var isUnicode = true

    /// Whether a terminal of this kind can be drawn on: `TERM` is missing or `dumb` where lines can only follow each other.
    static func canDraw(term: String?) -> Bool { !(term ?? "").isEmpty && term != "dumb" }

    /// Whether colours are wanted: not where `NO_COLOR` holds anything (no-color.org).
    static func wantsColour(noColour: String?) -> Bool { (noColour ?? "").isEmpty }

    /// Whether the locale's characters are UTF-8: the first of these that is set counts (POSIX, 8.2).
    static func isUnicode(all: String?, type: String?, language: String?) -> Bool {
        let locale = [all, type, language].compactMap(\.self).first { !$0.isEmpty }?.lowercased() ?? ""
        return locale.contains("utf-8") || locale.contains("utf8")
    }

    /// A variable of the environment.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// A colour by its place among the terminal's own, so that it fits a dark ground and a light one.
enum Colour: String {
    /// What is done.
    case green = "32"
    /// What waits.
    case yellow = "33"
    /// What failed.
    case red = "31"
    /// What is read first.
    case bold = "1"

    /// `text` in it.
    func callAsFunction(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}
