/// Text of strangers without anything that a terminal obeys.
enum PlainText {
    /// `text` without control characters, terminal sequences and invisible characters, which could also hide a
    /// secret from whoever looks for it. Tabs stay; every kind of line break becomes `\n`.
    static func of(_ text: String) -> String {
        guard text.utf8.contains(where: { !(0x20...0x7E ~= $0) }) else { return text }
        let scalars = Array(text.unicodeScalars)
        var kept = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            switch scalar.value {
            case 0x1B: index = endOfEscape(scalars, index)
            case 0x90, 0x98, 0x9B, 0x9D...0x9F: index = endOfSequence(scalars, index + 1, kind: scalar.value - 0x40)
            case 0x0D where index + 1 < scalars.count && scalars[index + 1] == "\n": index += 1
            case 0x0A, 0x0D, 0x85, 0x2028, 0x2029:
                kept.append("\n")
                index += 1
            default:
                if scalar == "\t" || isVisible(scalar) { kept.append(scalar) }
                index += 1
            }
        }
        return String(kept)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return 0x20...0x7E ~= scalar.value }
        let category = scalar.properties.generalCategory
        return category != .control && category != .format
    }

    /// The index behind an escape sequence (ECMA-48) that begins at `start`.
    private static func endOfEscape(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        var index = start + 1
        guard index < scalars.count else { return index }
        // CSI, DCS, SOS, OSC, PM, APC.
        if [0x5B, 0x50, 0x58, 0x5D, 0x5E, 0x5F].contains(scalars[index].value) {
            return endOfSequence(scalars, index + 1, kind: scalars[index].value)
        }
        while index < scalars.count, 0x20...0x2F ~= scalars[index].value { index += 1 }
        return index < scalars.count && 0x30...0x7E ~= scalars[index].value ? index + 1 : index
    }

    /// The index behind what an introducer of `kind` (the letter after the escape) began before `start`.
    private static func endOfSequence(_ scalars: [Unicode.Scalar], _ start: Int, kind: UInt32) -> Int {
        var index = start
        if kind == 0x5B {
            while index < scalars.count, 0x20...0x3F ~= scalars[index].value { index += 1 }
            return index < scalars.count && 0x40...0x7E ~= scalars[index].value ? index + 1 : index
        }
        // A string goes on to its terminator; without one only the introducer goes, or the rest would be swallowed.
        while index < scalars.count {
            switch scalars[index].value {
            case 0x07, 0x9C: return index + 1
            case 0x1B where index + 1 < scalars.count && scalars[index + 1] == "\\": return index + 2
            case 0x0A: return start
            default: index += 1
            }
        }
        return start
    }
}
