import AirbyteProtocol

@testable import JSONBytes

/// A slow and plain JSON reader that shares nothing with the scanner: the judge in the tests of acceptance and output.
struct ReferenceJSON {
    struct Rejected: Error {}

    private let text: [Unicode.Scalar]
    private var index = 0

    private init(_ bytes: [UInt8]) throws {
        guard let string = String(validating: bytes, as: UTF8.self) else { throw Rejected() }
        text = Array(string.unicodeScalars)
    }

    /// The document's value; throws `Rejected` unless the bytes are one JSON document.
    static func parse(_ bytes: [UInt8]) throws -> JSONValue {
        var reader = try ReferenceJSON(bytes)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.index == reader.text.count else { throw Rejected() }
        return value
    }

    static func accepts(_ bytes: [UInt8]) -> Bool {
        (try? parse(bytes)) != nil
    }

    private var current: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func skipSpace() {
        while let scalar = current, " \t\n\r".unicodeScalars.contains(scalar) { index += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        index += 1
        return true
    }

    private mutating func need(_ word: String) throws {
        for scalar in word.unicodeScalars where !take(scalar) { throw Rejected() }
    }

    private mutating func value() throws -> JSONValue {
        skipSpace()
        switch current {
        case "{": return try object()
        case "[": return try array()
        case "\"": return .string(try string())
        case "t":
            try need("true")
            return .bool(true)
        case "f":
            try need("false")
            return .bool(false)
        case "n":
            try need("null")
            return .null
        default: return try number()
        }
    }

    private mutating func object() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        try need("{")
        skipSpace()
        if take("}") { return .object([:]) }
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            try need(":")
            members[key] = try value()
            skipSpace()
        } while take(",")
        try need("}")
        return .object(members)
    }

    private mutating func array() throws -> JSONValue {
        var elements: [JSONValue] = []
        try need("[")
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(",")
        try need("]")
        return .array(elements)
    }

    private mutating func string() throws -> String {
        try need("\"")
        var units: [UInt16] = []
        while true {
            guard let scalar = current, scalar.value >= 0x20 else { throw Rejected() }
            index += 1
            if scalar == "\"" { return String(decoding: units, as: UTF16.self) }
            if scalar == "\\" {
                units.append(try escape())
            } else {
                units += Array(String(scalar).utf16)
            }
        }
    }

    private mutating func escape() throws -> UInt16 {
        guard let letter = current else { throw Rejected() }
        index += 1
        let plain: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 0x08, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09,
        ]
        if let unit = plain[letter] { return unit }
        guard letter == "u", index + 4 <= text.count else { throw Rejected() }
        var unit: UInt16 = 0
        for scalar in text[index..<(index + 4)] {
            guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { throw Rejected() }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }

    private mutating func number() throws -> JSONValue {
        let start = index
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let literal = String(String.UnicodeScalarView(text[start..<index]))
        return Int64(literal).map { .integer($0) } ?? .number(Double(literal) ?? .infinity)
    }

    private mutating func digits() throws {
        guard let first = current, "0"..."9" ~= first else { throw Rejected() }
        while let scalar = current, "0"..."9" ~= scalar { index += 1 }
    }
}
