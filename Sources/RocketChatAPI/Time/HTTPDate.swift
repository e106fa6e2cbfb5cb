/// The `Date` header of HTTP.
package enum HTTPDate {
    /// Unix ms of an IMF-fixdate (RFC 9110 §5.6.7), for example `Sun, 06 Nov 1994 08:49:37 GMT`; `nil` for anything
    /// else, the two obsolete forms included.
    package static func milliseconds(_ text: String) -> Int64? {
        // Read by position: every answer has one, and splitting it into words cost 4 % of all instructions.
        let bytes = Array(text.utf8)
        guard bytes.count == 29, bytes[4] == space, bytes[25...].elementsEqual(" GMT".utf8),
            bytes[19] == colon, bytes[22] == colon,
            let day = number(bytes[5..<7]), let month = month(bytes[8..<11]), let year = number(bytes[12..<16]),
            let hour = number(bytes[17..<19]), let minute = number(bytes[20..<22]), let second = number(bytes[23..<25]),
            1...31 ~= day, year >= 1970, hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = daysSinceEpoch(year: year, month: month, day: day)
        return Int64(((days * 24 + hour) * 60 + minute) * 60 + second) * 1000
    }

    private static let space = UInt8(ascii: " ")
    private static let colon = UInt8(ascii: ":")

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(Optional(0)) { number, digit in
            guard let number, digit &- UInt8(ascii: "0") <= 9 else { return nil }
            return number * 10 + Int(digit - UInt8(ascii: "0"))
        }
    }

    // 1...12.
    private static func month(_ name: ArraySlice<UInt8>) -> Int? {
        let names: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        return (0..<12).first { name.elementsEqual(UnsafeBufferPointer(start: names.utf8Start + $0 * 3, count: 3)) }
            .map { $0 + 1 }
    }

    // Days of the proleptic Gregorian calendar, with years that begin in March so that the leap day comes last.
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
