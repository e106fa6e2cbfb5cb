/// Points in time as RFC 3339 text and as Unix milliseconds, without any calendar library.
package enum Timestamp {
    /// What a value in a timestamp field turned out to be.
    enum Reading {
        /// RFC 3339 in UTC with `Z`: stays as it is.
        case fine
        /// Another way to write a point in time, given in Unix milliseconds.
        case other(Int64)
        /// No point in time.
        case none
    }

    /// The milliseconds from the start of year 1 to the end of year 9999, beyond which RFC 3339 has no form.
    static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// Whether the 24 bytes at `position` are `YYYY-MM-DDTHH:MM:SS.mmmZ` with every part in its range.
    @inline(__always)
    static func isPlain(_ position: BytePointer) -> Bool {
        // XOR with the pattern leaves 0...9 for digits and 0 for the right separator. Adding 0x76 carries what is above 9
        // into the top bit, 0x7F what is not 0, and 0x7E, 0x7C, 0x7D and 0x7A what the first digit of a month, day, hour,
        // minute or second cannot be.
        let date = SWAR.load(position) ^ 0x2D30_302D_3030_3030
        let clock = SWAR.load(position + 8) ^ 0x3030_3A30_3054_3030
        let rest = SWAR.load(position + 16) ^ 0x5A30_3030_2E30_303A
        let strays =
            (date &+ 0x7F76_7E7F_7676_7676 | date) | (clock &+ 0x767A_7F76_7D7F_767C | clock)
            | (rest &+ 0x7F76_7676_7F76_7A7F | rest)
        if strays & SWAR.every(0x80) != 0 { return false }
        // Each byte becomes ten times itself plus its neighbour: the two-digit parts appear at their first digits.
        let months = date &* 10 &+ date >> 8
        let clocks = clock &* 10 &+ clock >> 8
        let month = UInt8(truncatingIfNeeded: months >> 40)
        let day = UInt8(truncatingIfNeeded: clocks)
        let hour = UInt8(truncatingIfNeeded: clocks >> 24)
        guard month &- 1 < 12, hour < 24, date & 0xFFFF_FFFF != 0 else { return false }
        return day &- 1 < 28 || isLateDay(day, of: month, position)
    }

    /// Whether a month has a day that is not one of 1...28. One day in eleven is: too many to parse them all.
    @inline(never)
    private static func isLateDay(_ day: UInt8, of month: UInt8, _ position: BytePointer) -> Bool {
        if month == 2 { return parse(UnsafeBufferPointer(start: position, count: 24)) != nil }
        return 29...days(in: Int64(month), of: 0) ~= Int64(day)
    }

    /// Unix milliseconds of the 24 bytes at `position`, for which ``isPlain(_:)`` holds.
    @inline(__always)
    static func plainMilliseconds(_ position: BytePointer) -> Int64 {
        // Two digits at once, as in `isPlain`.
        let date = SWAR.load(position) & SWAR.every(15)
        let clock = SWAR.load(position + 8) & SWAR.every(15)
        let rest = SWAR.load(position + 16) & SWAR.every(15)
        func two(_ word: UInt64, _ index: UInt64) -> Int64 {
            Int64(UInt8(truncatingIfNeeded: (word &* 10 &+ word >> 8) >> (8 * index)))
        }
        let day = dayNumber(two(date, 0) * 100 + two(date, 2), two(date, 5), two(clock, 0))
        let second = ((day * 24 + two(clock, 3)) * 60 + two(clock, 6)) * 60 + two(rest, 1)
        return second * 1000 + two(rest, 4) * 10 + Int64(position[22] & 15)
    }

    /// The point in time that RFC 3339 text names, and whether the text is in UTC with `T` and `Z`.
    ///
    /// A leap second (`:60`) is refused: the readers behind us cannot store it.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (milliseconds: Int64, isUTC: Bool)? {
        var reader = DigitReader(text: text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), let separator = reader.next(), "Tt ".utf8.contains(separator),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), reader.take(":"),
            let second = reader.number(2)
        else { return nil }
        guard year >= 1, 1...12 ~= month, 1...days(in: month, of: year) ~= day, hour < 24, minute < 60, second < 60
        else { return nil }
        var thousandths: Int64 = 0
        if reader.take(".") {
            guard let fraction = reader.fraction() else { return nil }
            thousandths = fraction
        }
        guard let zone = reader.next() else { return nil }
        var offset: Int64 = 0
        if zone != UInt8(ascii: "Z") && zone != UInt8(ascii: "z") {
            guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), let hours = reader.number(2),
                reader.take(":"),
                let minutes = reader.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (zone == UInt8(ascii: "-") ? -60_000 : 60_000)
        }
        guard reader.isAtEnd else { return nil }
        let seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        let milliseconds = seconds * 1000 + thousandths - offset
        guard range.contains(milliseconds) else { return nil }
        return (milliseconds, separator == UInt8(ascii: "T") && zone == UInt8(ascii: "Z"))
    }

    /// What the value at these bytes (quotes or braces included) is, when a timestamp is declared.
    static func reading(of bytes: UnsafeBufferPointer<UInt8>, kind: ValueKind) -> Reading {
        switch kind {
        case .string:
            let inner = UnsafeBufferPointer(rebasing: bytes[1..<(bytes.count - 1)])
            if inner.contains(UInt8(ascii: "\\")) {
                return JSONText.unescaped(inner).withUnsafeBufferPointer { text in
                    parse(text).map { .other($0.milliseconds) } ?? .none
                }
            }
            guard let parsed = parse(inner) else { return .none }
            return parsed.isUTC ? .fine : .other(parsed.milliseconds)
        case .object:
            return extendedDate(bytes).map { .other($0) } ?? .none
        default:
            return .none
        }
    }

    /// The Unix milliseconds of `{"$date": …}`, which MongoDB's extended JSON and the DDP protocol use.
    static func extendedDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let value = try? JSONValue.parse(Array(bytes)), let members = value.objectValue, members.count == 1,
            let date = members["$date"]
        else { return nil }
        if case .string(let text) = date {
            return Array(text.utf8).withUnsafeBufferPointer { parse($0)?.milliseconds }
        }
        return date.integerValue.flatMap { range.contains($0) ? $0 : nil }
    }

    /// `2026-03-01T10:20:30.123Z` for an instant in Unix milliseconds.
    package static func text(_ instant: Int64) -> String {
        String(decoding: bytes(instant), as: UTF8.self)
    }

    /// The Unix milliseconds of RFC 3339 text; nil for anything else.
    package static func milliseconds(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { parse($0)?.milliseconds }
    }

    /// `YYYY-MM-DDTHH:MM:SS.mmmZ`, 24 bytes; instants outside `range` are clamped to it.
    static func bytes(_ instant: Int64) -> [UInt8] {
        let milliseconds = min(max(instant, range.lowerBound), range.upperBound)
        let day = floorDivide(milliseconds, 86_400_000)
        let time = milliseconds - day * 86_400_000
        let (year, month, dayOfMonth) = date(day)
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        func put(_ value: Int64, _ width: Int, _ position: Int) {
            var rest = value
            for index in stride(from: position + width - 1, through: position, by: -1) {
                text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
        put(year, 4, 0)
        put(month, 2, 5)
        put(dayOfMonth, 2, 8)
        put(time / 3_600_000, 2, 11)
        put(time / 60_000 % 60, 2, 14)
        put(time / 1000 % 60, 2, 17)
        put(time % 1000, 3, 20)
        return text
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // The usual arithmetic of the proleptic Gregorian calendar, with years that begin in March so that the leap day is the
    // last one, and eras of 400 years (146 097 days). Day 0 is 1970-01-01.

    // Years from 1 on, so that nothing is negative.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ dayNumber: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = dayNumber + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
