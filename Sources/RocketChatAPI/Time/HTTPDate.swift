import JSONBytes

/// The `Date` header of HTTP.
package enum HTTPDate {
    /// Unix ms of an IMF-fixdate (RFC 9110 §5.6.7), for example `Sun, 06 Nov 1994 08:49:37 GMT`; `nil` for anything
    /// else: the two obsolete forms, and the year 9999, of which a clock that goes on from it soon runs out of dates.
    package static func milliseconds(_ text: String) -> Int64? {
        // Read by position: every answer has one, and splitting it into words cost 4 % of all instructions.
        let bytes = Array(text.utf8)
        guard bytes.count == 29, bytes[4] == space, bytes[25...].elementsEqual(" GMT".utf8),
            bytes[19] == colon, bytes[22] == colon,
            let day = number(bytes[5..<7]), let month = month(bytes[8..<11]), let year = number(bytes[12..<16]),
            let hour = number(bytes[17..<19]), let minute = number(bytes[20..<22]), let second = number(bytes[23..<25]),
            1...31 ~= day, 1970...9998 ~= year, hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = CivilDate.dayNumber(Int64(year), Int64(month), Int64(day))
        return days * 86_400_000 + Int64((hour * 60 + minute) * 60 + second) * 1000
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
}
