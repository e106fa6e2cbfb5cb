import AirbyteProtocol
import Testing

@testable import JSONBytes

/// The edges of what the scanner reads several bytes at a time: everything must come out as if it read one after the other.
struct FastPathTests {
    @Test("A timestamp passes exactly when its day and time exist", arguments: [1900, 2000, 2023, 2024])
    func knowsTheCalendar(year: Int) throws {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var moments: [(text: String, exists: Bool)] = []
        let isLeap = year == 2000 || year == 2024
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for month in 0..<20 {
            for day in 0..<40 {
                let exists = 1...12 ~= month && 1...lengths[month - 1] ~= day
                moments.append(("\(year)-\(two(month))-\(two(day))T23:59:59.999Z", exists))
            }
        }
        for number in 0..<100 {
            moments.append(("\(year)-01-31T\(two(number)):00:00.000Z", number < 24))
            moments.append(("\(year)-12-01T00:\(two(number)):00.000Z", number < 60))
            moments.append(("\(year)-12-01T00:00:\(two(number)).000Z", number < 60))
        }
        let page = try scanRoot(
            "[" + moments.map { #"{"at":"\#($0.text)"}"# }.joined(separator: ",") + "]",
            RecordShape(types: ["at": .timestamp]))
        let lines = String(decoding: try recordBytes(page), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == moments.count)
        for (line, moment) in zip(lines, moments) {
            #expect(line.contains(moment.exists ? #"{"at":"\#(moment.text)"}"# : #"{"at":null}"#), "\(moment.text)")
        }
    }

    @Test("Each byte of a timestamp counts")
    func looksAtEachByte() throws {
        let text = Array("2024-01-31T12:34:56.789Z".utf8)
        for index in text.indices {
            for byte in 0x20...0x7E as ClosedRange<UInt8> where ![0x22, 0x5C, text[index]].contains(byte) {
                var other = text
                other[index] = byte
                let value = String(decoding: other, as: UTF8.self)
                let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                let wasDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[index]
                let output = try emitted(#"{"at":"\#(value)"}"#, RecordShape(types: ["at": .timestamp]))
                if output == #"{"at":"\#(value)"}"# { #expect(isDigit && wasDigit, "\(value)") }
            }
        }
    }

    private static let keys = ["_id", "a", "exactly12byt", "exactly13byte", "a key of more than sixteen bytes"]
    private static let shape = RecordShape(types: [:], dropping: ["token"], probing: keys.map { FieldPath($0) })

    @Test("Keys are found however much follows them, and no page cut short is accepted")
    func findsKeysAtTheEnd() throws {
        for key in Self.keys {
            let record = #"{"\#(key)":1}"#
            for list in ["[\(record)]", "[\(record),\(record)]", #"[{"x":[],"\#(key)":1},\#(record)]"#] {
                for spaces in 0..<40 {
                    let page = try scanRoot(list + String(repeating: " ", count: spaces), Self.shape)
                    for index in 0..<page.count(list: 0) {
                        let probe = Self.keys.firstIndex(of: key) ?? 0
                        #expect(page.probe(probe, record: index, list: 0).flatMap(page.integer) == 1)
                    }
                }
                for length in 0..<list.utf8.count {
                    #expect(throws: JSONError.self) { try scanRoot(String(list.prefix(length)), Self.shape) }
                }
            }
        }
    }

    @Test("Spaces, unknown, dropped and repeated keys do not hide the others", arguments: 1...4 as ClosedRange<UInt64>)
    func findsKeysAnywhere(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var records: [String] = []
        var expected: [[Int64?]] = []
        for record in 0..<60 {
            var values: [Int64?] = Self.keys.map { _ in nil }
            let members = (0..<Int.random(in: 1...9, using: &random)).map { number in
                let key = (Self.keys + ["token", "unknown", "another"]).randomElement(using: &random) ?? "_id"
                if let probe = Self.keys.firstIndex(of: key) { values[probe] = Int64(record * 10 + number) }
                let spaces = (0..<4).map { _ in Int.random(in: 0..<9, using: &random) == 0 ? " " : "" }
                return "\(spaces[0])\"\(key)\"\(spaces[1]):\(spaces[2])\(record * 10 + number)\(spaces[3])"
            }
            records.append("{" + members.joined(separator: ",") + "}")
            expected.append(values)
        }
        let page = try scanRoot("[" + records.joined(separator: ",") + "]", Self.shape)
        for (index, values) in expected.enumerated() {
            let found = Self.keys.indices.map { page.probe($0, record: index, list: 0).flatMap(page.integer) }
            #expect(found == values, "\(records[index])")
        }
    }

    @Test(
        "Between a key and the one that usually follows nothing but a comma passes",
        arguments: ["", ";", ",,", "\0", ":", "{", "}", "[", "]", "\"", ",\"", "1", "{,", ",{"])
    func wantsCommas(between: String) {
        let usual = #"{"_id":"1","a":2}"#
        for (head, tail) in [(#"{"_id":"1""#, #""a":2}"#), ("", #""_id":"1","a":2}"#)] {
            let text = "[\(usual),\(usual),\(head)\(between)\(tail),\(usual)]"
            #expect(((try? scanRoot(text, Self.shape)) != nil) == ReferenceJSON.accepts(Array(text.utf8)), "\(text)")
        }
    }

    @Test("An empty list or object is one anywhere, up to the last bytes of a page")
    func takesEmptyContainers() throws {
        for empty in ["[]", "{}"] {
            #expect(throws: Never.self) { try scanRoot(empty) }
            for text in [
                "[{\"a\":\(empty)}]", "[{\"a\":\(empty),\"_id\":\(empty)}]", "[\(empty)]", "{\"a\":[\(empty)]}",
            ] {
                for spaces in 0..<24 {
                    let page = try scanRoot(text + String(repeating: " ", count: spaces), Self.shape)
                    #expect(page.count(list: 0) == 1)
                }
                for length in 0..<text.utf8.count {
                    #expect(throws: JSONError.self) { try scanRoot(String(text.prefix(length)), Self.shape) }
                }
            }
        }
        for text in ["[{\"a\":[}}]", "[{\"a\":{]}]", "[{\"a\":[", "[{\"a\":{"] {
            #expect(throws: JSONError.self) { try scanRoot(text, Self.shape) }
        }
    }
}
