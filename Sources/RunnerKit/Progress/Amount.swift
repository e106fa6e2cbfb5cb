/// Numbers as people read them.
enum Amount {
    /// Thousands apart: `1 307`.
    static func count(_ value: Int) -> String {
        var text = ""
        for (place, digit) in String(value).reversed().enumerated() {
            if place > 0, place % 3 == 0, digit != "-" { text.append(" ") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// With what is counted: `1 row`, `1 307 rows`.
    static func count(_ value: Int, _ thing: String) -> String { "\(count(value)) \(thing)\(value == 1 ? "" : "s")" }

    /// Bytes in decimal units: `310 KB`, `4.1 MB`.
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000_000: "\((bytes + 500) / 1000) KB"
        case ..<1_000_000_000: "\(tenths(Double(bytes) / 1e6)) MB"
        default: "\(tenths(Double(bytes) / 1e9)) GB"
        }
    }

    /// Bytes in a second: `4.1 MB/s`, and `12 KB/s` for what would be none of the former.
    static func speed(_ bytesPerSecond: Double) -> String {
        bytesPerSecond < 100_000
            ? "\(Int((bytesPerSecond / 1000).rounded())) KB/s" : "\(tenths(bytesPerSecond / 1e6)) MB/s"
    }

    /// A length of time in words: seconds below a minute and a half, minutes below two hours, then hours.
    static func time(_ milliseconds: Int64) -> String {
        let seconds = (milliseconds + 500) / 1000
        if seconds < 90 { return "\(seconds) s" }
        if seconds < 7200 { return "\((seconds + 30) / 60) min" }
        return "\((seconds + 1800) / 3600) h"
    }

    /// A stop-watch's face: `1:45`, `2:03:09`.
    static func watch(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        let two = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
        let tail = "\(two(seconds % 60))"
        return seconds < 3600
            ? "\(seconds / 60):\(tail)" : "\(seconds / 3600):\(two(seconds / 60 % 60)):\(tail)"
    }

    /// One digit after the point.
    static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
