/// The columns that a text takes on a terminal: two for the characters of East Asia and for emoji, one for the others.
func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
}

private func displayWidth(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    // The blocks that Unicode's EastAsianWidth.txt has as wide, taken whole.
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6,
        0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return 2
    default: return 1
    }
}

/// `text` in `width` columns at most; what is cut ends in two points.
func cut(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    var result = ""
    var taken = 0
    for character in text {
        taken += displayWidth(character)
        if taken > width - 2 { break }
        result.append(character)
    }
    return result + ".."
}

/// `text` filled with spaces to `width` columns, after it or, `right`, before it.
func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - displayWidth(text)))
    return right ? space + text : text + space
}

/// `text` in lines of `width` columns at most, broken between words, not within `1 307`; a longer word has a line of its own.
func wrapped(_ text: String, to width: Int) -> String {
    var words: [String] = []
    for word in text.split(separator: " ") {
        if word.prefix(3).allSatisfy(\.isNumber), word.count >= 3, words.last?.last?.isNumber == true {
            words[words.count - 1] += " " + word
        } else {
            words.append(String(word))
        }
    }
    var lines: [String] = []
    for word in words {
        if let last = lines.last, displayWidth(last) + 1 + displayWidth(word) <= width {
            lines[lines.count - 1] = last + " " + word
        } else {
            lines.append(word)
        }
    }
    return lines.joined(separator: "\n")
}
