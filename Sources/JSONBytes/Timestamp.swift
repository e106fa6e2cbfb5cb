/// Points in time as RFC 3339 text and as Unix milliseconds, without any calendar library.
package enum Timestamp {
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
        return 29...CivilDate.days(in: Int64(month), of: 0) ~= Int64(day)
    }

    /// Unix milliseconds of the 24 bytes at `position`, for which ``isPlain(_:)`` holds.
    /// `known` is the day of the one read before: many lie on one.
    @inline(__always)
    static func plainMilliseconds(_ position: BytePointer, _ known: inout PlainDay) -> Int64 {
        // Two digits at once, as in `isPlain`.
        let clock = SWAR.load(position + 8) & SWAR.every(15)
        let rest = SWAR.load(position + 16) & SWAR.every(15)
        func two(_ word: UInt64, _ index: UInt64) -> Int64 {
            Int64(UInt8(truncatingIfNeeded: (word &* 10 &+ word >> 8) >> (8 * index)))
        }
        let month = SWAR.load(position)
        let day = two(clock, 0)
        if month != known.month || day != known.day {
            let date = month & SWAR.every(15)
            known = PlainDay(
                month: month, day: day,
                number: CivilDate.dayNumber(two(date, 0) * 100 + two(date, 2), two(date, 5), day))
        }
        let second = ((known.number * 24 + two(clock, 3)) * 60 + two(clock, 6)) * 60 + two(rest, 1)
        return second * 1000 + two(rest, 4) * 10 + Int64(position[22] & 15)
    }

    /// `2026-03-01T10:20:30.123Z` for an instant in Unix milliseconds.
    package static func text(_ instant: Int64) -> String {
        String(decoding: bytes(instant), as: UTF8.self)
    }

    /// `YYYY-MM-DDTHH:MM:SS.mmmZ`, 24 bytes; instants outside `range` are clamped to it.
    static func bytes(_ instant: Int64) -> [UInt8] {
        let milliseconds = min(max(instant, range.lowerBound), range.upperBound)
        let day = CivilDate.floorDivide(milliseconds, 86_400_000)
        let time = milliseconds - day * 86_400_000
        let date = CivilDate(dayNumber: day)
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        func put(_ value: Int64, _ width: Int, _ position: Int) {
            var rest = value
            for index in stride(from: position + width - 1, through: position, by: -1) {
                text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
        put(date.year, 4, 0)
        put(date.month, 2, 5)
        put(date.day, 2, 8)
        put(time / 3_600_000, 2, 11)
        put(time / 60_000 % 60, 2, 14)
        put(time / 1000 % 60, 2, 17)
        put(time % 1000, 3, 20)
        return text
    }
}

/// A day that a plain timestamp named, and its number, so that the next one of the same day need not count it again.
struct PlainDay {
    /// The eight bytes `YYYY-MM-`.
    var month: UInt64 = 0
    /// The day of the month.
    var day: Int64 = 0
    /// Days since 1970-01-01.
    var number: Int64 = 0
}
