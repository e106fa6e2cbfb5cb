extension Timestamp {
    /// A date, a time of day and the offset of its zone, as read from some text.
    private struct Clock {
        var year: Int64 = 0
        var month: Int64 = 0
        var day: Int64 = 0
        var hour: Int64 = 0
        var minute: Int64 = 0
        var second: Int64 = 0
        var thousandths: Int64 = 0
        /// Milliseconds east of UTC.
        var offset: Int64 = 0

        /// The instant in Unix milliseconds; nil unless every part is in its range.
        ///
        /// A leap second (`:60`) is refused: the readers behind us cannot store it.
        var milliseconds: Int64? {
            guard year >= 1, 1...12 ~= month, 1...CivilDate.days(in: month, of: year) ~= day, hour < 24, minute < 60,
                second < 60
            else { return nil }
            let seconds = CivilDate.dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
            let milliseconds = seconds * 1000 + thousandths - offset
            return range.contains(milliseconds) ? milliseconds : nil
        }
    }

    /// The point in time that RFC 3339 text names, and whether the text is in UTC with `T` and `Z`.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (milliseconds: Int64, isUTC: Bool)? {
        var reader = DigitReader(text: text)
        var clock = Clock()
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), let separator = reader.next(), "Tt ".utf8.contains(separator),
            readTime(&reader, &clock)
        else { return nil }
        (clock.year, clock.month, clock.day) = (year, month, day)
        if reader.take(".") {
            guard let fraction = reader.fraction() else { return nil }
            clock.thousandths = fraction
        }
        guard let zone = reader.next() else { return nil }
        if zone != UInt8(ascii: "Z") && zone != UInt8(ascii: "z") {
            guard let offset = readOffset(&reader, sign: zone, separator: ":") else { return nil }
            clock.offset = offset
        }
        guard reader.isAtEnd, let milliseconds = clock.milliseconds else { return nil }
        return (milliseconds, separator == UInt8(ascii: "T") && zone == UInt8(ascii: "Z"))
    }

    /// The point in time of `Mon Aug 03 2026 12:10:10 GMT+0000 (Coordinated Universal Time)`, which is JavaScript's
    /// `Date.toString()`, or of `Mon, 03 Aug 2026 12:10:10 GMT`, its `toUTCString()`. Neither depends on the language of the
    /// system; the name of the zone does, and is not looked at.
    static func parseJavaScript(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var reader = DigitReader(text: text)
        var clock = Clock()
        guard reader.word(3) != nil else { return nil }
        let isUTCForm = reader.take(",")
        guard reader.take(" "), let month = isUTCForm ? readDay(&reader, &clock) : reader.word(3), reader.take(" "),
            let index = months.firstIndex(of: month), isUTCForm || readDay(&reader, &clock) != nil,
            let year = reader.number(4), reader.take(" "), readTime(&reader, &clock), reader.take(" "),
            reader.word(3) == "GMT"
        else { return nil }
        (clock.year, clock.month) = (year, Int64(index + 1))
        if let sign = reader.next() {
            guard let offset = readOffset(&reader, sign: sign, separator: nil), reader.isAtEnd || reader.take(" ")
            else { return nil }
            clock.offset = offset
        }
        return clock.milliseconds
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `03 ` and, in the form for UTC, the month behind it; otherwise an empty text.
    private static func readDay(_ reader: inout DigitReader, _ clock: inout Clock) -> String? {
        guard let day = reader.number(2), reader.take(" ") else { return nil }
        clock.day = day
        return reader.word(3) ?? ""
    }

    /// `12:10:10`.
    private static func readTime(_ reader: inout DigitReader, _ clock: inout Clock) -> Bool {
        guard let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), reader.take(":"),
            let second = reader.number(2)
        else { return false }
        (clock.hour, clock.minute, clock.second) = (hour, minute, second)
        return true
    }

    /// The milliseconds of `+01:00` or `+0100`, whose sign was read.
    private static func readOffset(
        _ reader: inout DigitReader, sign: UInt8, separator: Unicode.Scalar?
    ) -> Int64? {
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = reader.number(2),
            separator.map({ reader.take($0) }) ?? true, let minutes = reader.number(2), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60_000 : 60_000)
    }

    /// The Unix milliseconds of RFC 3339 text; nil for anything else.
    package static func milliseconds(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { parse($0)?.milliseconds }
    }
}
