import JSONBytes

/// The form that a text with a `format` must have.
enum DateForm: Equatable {
    /// `2026-11-26`.
    case date
    /// `2026-11-26T08:10:00.5Z`; the zone is required, forbidden or (nil) left open.
    case dateTime(zone: Bool?)
    /// `08:10:00.5Z`.
    case time(zone: Bool?)

    /// What `format` and `airbyte_type` of a schema name; nil for no date.
    init?(format: String?, airbyteType: String?) {
        switch (format, airbyteType) {
        case ("date", _): self = .date
        case ("date-time", "timestamp_without_timezone"), (nil, "timestamp_without_timezone"):
            self = .dateTime(zone: nil)
        case ("date-time", _), (nil, "timestamp_with_timezone"): self = .dateTime(zone: true)
        case ("time", "time_with_timezone"), (nil, "time_with_timezone"): self = .time(zone: true)
        case ("time", _), (nil, "time_without_timezone"): self = .time(zone: nil)
        default: return nil
        }
    }

    /// What a text is, measured by a form.
    enum Fit {
        /// It has the form.
        case exact
        /// It has the form, in a zone other than UTC.
        case elsewhere
        /// It has not.
        case none
    }

    /// Whether `text` has this form.
    func fit(_ text: UnsafeBufferPointer<UInt8>) -> Fit {
        var reader = DateReader(text)
        // The protocol's own pattern allows years before Christ.
        switch self {
        case .date: return reader.date() && (reader.isAtEnd || reader.takes(" BC")) && reader.isAtEnd ? .exact : .none
        case .dateTime(let zone):
            guard reader.date(), reader.takes("T") || reader.takes("t"), reader.time() else { return .none }
            return reader.zone(zone)
        case .time(let zone): return reader.time() ? reader.zone(zone) : .none
        }
    }

    /// In words.
    var description: String {
        switch self {
        case .date: "a date YYYY-MM-DD"
        case .dateTime(zone: true): "a time YYYY-MM-DDThh:mm:ss with Z or an offset"
        case .dateTime: "a time YYYY-MM-DDThh:mm:ss"
        case .time(zone: true): "a time of day hh:mm:ss with Z or an offset"
        case .time: "a time of day hh:mm:ss"
        }
    }
}

/// Reads the parts of dates and times.
private struct DateReader {
    private var digits: [UInt8]
    private var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { digits = Array(text) }

    var isAtEnd: Bool { index == digits.count }

    mutating func takes(_ text: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard digits[index...].starts(with: bytes) else { return false }
        index += bytes.count
        return true
    }

    private mutating func number(_ width: Int) -> Int64? {
        guard digits.count - index >= width else { return nil }
        var value: Int64 = 0
        for digit in digits[index..<(index + width)] {
            guard digit &- 0x30 < 10 else { return nil }
            value = value * 10 + Int64(digit - 0x30)
        }
        index += width
        return value
    }

    /// A day that the calendar has.
    mutating func date() -> Bool {
        guard let year = number(4), takes("-"), let month = number(2), takes("-"), let day = number(2) else {
            return false
        }
        // What is not there comes back as another day.
        guard year >= 1, 1...12 ~= month, 1...31 ~= day else { return false }
        let back = CivilDate(dayNumber: CivilDate.dayNumber(year, month, day))
        return back.month == month && back.day == day
    }

    mutating func time() -> Bool {
        guard let hour = number(2), takes(":"), let minute = number(2), takes(":"), let second = number(2) else {
            return false
        }
        if takes(".") {
            let start = index
            while index < digits.count, digits[index] &- 0x30 < 10 { index += 1 }
            guard index > start else { return false }
        }
        // 60 is a leap second.
        return hour < 24 && minute < 60 && second <= 60
    }

    /// The zone and the end of the text.
    mutating func zone(_ wanted: Bool?) -> DateForm.Fit {
        _ = takes(" BC")
        if isAtEnd { return wanted == true ? .none : .exact }
        if takes("Z") || takes("z") { return isAtEnd || takes(" BC") ? .exact : .none }
        guard takes("+") || takes("-"), let hours = number(2) else { return .none }
        _ = takes(":")
        guard let minutes = number(2), isAtEnd || takes(" BC"), hours < 24, minutes < 60 else { return .none }
        return hours == 0 && minutes == 0 ? .exact : .elsewhere
    }
}
