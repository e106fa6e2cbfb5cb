extension Timestamp {
    /// What a value in a timestamp field turned out to be.
    enum Form {
        /// RFC 3339 in UTC with `Z`: stays as it is.
        case fine
        /// Another way to write a point in time, given in Unix milliseconds.
        case other(Int64)
        /// No point in time.
        case none
    }

    /// Milliseconds that a bare number in a timestamp field may be: from 1973, below which it could as well be seconds or a
    /// count of something, to the end of year 9999.
    private static let plausible = 100_000_000_000...range.upperBound

    /// What the value at these bytes (quotes or braces included) is, when a timestamp is declared.
    static func form(of bytes: UnsafeBufferPointer<UInt8>, kind: ValueKind) -> Form {
        switch kind {
        case .string:
            let inner = UnsafeBufferPointer(rebasing: bytes[1..<(bytes.count - 1)])
            if let parsed = parse(inner) { return parsed.isUTC ? .fine : .other(parsed.milliseconds) }
            return (textual(inner) ?? number(inner)).map { .other($0) } ?? .none
        case .integer, .number:
            return number(bytes).map { .other($0) } ?? .none
        case .object:
            return extendedDate(bytes).map { .other($0) } ?? .none
        default:
            return .none
        }
    }

    /// The instant that the inside of a JSON string names as RFC 3339 text or in one of JavaScript's forms.
    static func textual(_ inner: UnsafeBufferPointer<UInt8>) -> Int64? {
        if inner.contains(UInt8(ascii: "\\")) {
            return JSONText.unescaped(inner).withUnsafeBufferPointer { parse($0)?.milliseconds ?? parseJavaScript($0) }
        }
        return parse(inner)?.milliseconds ?? parseJavaScript(inner)
    }

    /// The instant that a bare number names, as plain digits with or without a fraction.
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".") }),
            let value = Double(String(decoding: text, as: UTF8.self)), value < 1e18
        else { return nil }
        let milliseconds = Int64(value.rounded(.down))
        return plausible.contains(milliseconds) ? milliseconds : nil
    }

    /// The Unix milliseconds of `{"$date": …}`, which MongoDB's extended JSON and the DDP protocol use: a number, RFC 3339 text
    /// or `{"$numberLong":"…"}`.
    static func extendedDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let value = try? JSON(parsing: bytes), let date = value.only("$date") else { return nil }
        if case .string(let text) = date { return milliseconds(text) }
        let number = date.only("$numberLong")?.string.flatMap { Int64($0) } ?? date.integer
        return number.flatMap { range.contains($0) ? $0 : nil }
    }
}

extension JSON {
    /// The value of an object's only member, if this is its name.
    fileprivate func only(_ key: String) -> JSON? {
        members?.count == 1 ? self[key] : nil
    }
}
