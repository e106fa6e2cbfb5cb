import AirbyteProtocol
import Testing

@testable import JSONBytes

struct ValueTests {
    private func slice(_ value: String) throws -> (ScannedPage, Slice) {
        let page = try PageScanner(layout: PageLayout(lists: [], scalars: [["v"]]), shapes: [])
            .scan(Array("{\"v\":\(value)}".utf8))
        return (page, try #require(page.scalar(0)))
    }

    @Test(
        "A slice tells its kind",
        arguments: [
            (#""x""#, ValueKind.string), ("1", .integer), ("1.5", .number), ("1e99", .hugeNumber), ("true", .yes),
            ("false", .no),
            ("null", .null), ("{}", .object), ("[]", .array),
        ])
    func kinds(value: String, kind: ValueKind) throws {
        #expect(try slice(value).1.kind == kind)
    }

    @Test(
        "Strings are unescaped",
        arguments: [
            (#""plain""#, "plain"), (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u00e9é\ud83d\ude00""#, "éé😀"),
            (#""\ud800x""#, "\u{FFFD}x"), (#""\udc00\ud83d""#, "\u{FFFD}\u{FFFD}"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""a\u0000b""#, "a\0b"),
            (#""\\u0041""#, "\\u0041"),
        ])
    func strings(value: String, text: String) throws {
        let (page, slice) = try slice(value)
        #expect(page.string(slice) == text)
    }

    @Test(
        "Integers are literals that fit in 64 bits",
        arguments: [
            ("0", 0), ("-0", 0), ("-17", -17), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil), (#""1""#, nil), ("true", nil), ("null", nil),
        ] as [(String, Int64?)])
    func integers(value: String, integer: Int64?) throws {
        let (page, slice) = try slice(value)
        #expect(page.integer(slice) == integer)
    }

    @Test(
        "Points in time come as text, as $date objects or as milliseconds",
        arguments: [
            (#""1970-01-01T00:00:00.000Z""#, 0), (#""2024-02-29T12:34:56.789Z""#, 1_709_210_096_789),
            (#""2024-02-29T12:34:56Z""#, 1_709_210_096_000),
            (#""2024-02-29T12:34:56.7Z""#, 1_709_210_096_700),
            (#""2024-02-29T12:34:56.789123456Z""#, 1_709_210_096_789),
            (#""2024-02-29t12:34:56z""#, 1_709_210_096_000), (#""2024-02-29 12:34:56Z""#, 1_709_210_096_000),
            (#""2024-02-29T14:04:56.789+01:30""#, 1_709_210_096_789),
            (#""2024-02-28T23:34:56.789-13:00""#, 1_709_210_096_789),
            (#""1969-12-31T23:59:59.999Z""#, -1), (#""0001-01-01T00:00:00.000Z""#, -62_135_596_800_000),
            (#""9999-12-31T23:59:59.999Z""#, 253_402_300_799_999),
            (#""2024-01-01T00:00:00\u002e000Z""#, 1_704_067_200_000),
            (#"{"$date":1709210096789}"#, 1_709_210_096_789),
            (#"{ "$date" : "2024-02-29T12:34:56.789Z" }"#, 1_709_210_096_789),
            ("1709210096789", 1_709_210_096_789), (#""1709210096789""#, 1_709_210_096_789),
            (#""Thu Feb 29 2024 13:34:56 GMT+0100 (CET)""#, 1_709_210_096_000), ("-1", nil), ("1709210096", nil),
            (#""""#, nil), (#""2024""#, nil), (#""2024-02-29""#, nil), (#""2024-02-29T12:34:56""#, nil),
            (#""2024-02-30T00:00:00.000Z""#, nil),
            (#""2023-02-29T00:00:00.000Z""#, nil), (#""2100-02-29T00:00:00.000Z""#, nil),
            (#""2024-04-31T00:00:00.000Z""#, nil),
            (#""2024-13-01T00:00:00.000Z""#, nil), (#""2024-00-01T00:00:00.000Z""#, nil),
            (#""2024-01-00T00:00:00.000Z""#, nil),
            (#""2024-01-32T00:00:00.000Z""#, nil), (#""2024-01-01T24:00:00.000Z""#, nil),
            (#""2024-01-01T00:60:00.000Z""#, nil),
            (#""2024-01-01T00:00:60.000Z""#, nil), (#""0000-01-01T00:00:00.000Z""#, nil),
            (#""2024-01-01T00:00:00.Z""#, nil),
            (#""2024-01-01T00:00:00.000""#, nil), (#""2024-01-01T00:00:00.000Zx""#, nil),
            (#"" 2024-01-01T00:00:00.000Z""#, nil),
            (#""0001-01-01T00:00:00.000+00:01""#, nil), (#""2024-01-01T00:00:00+0100""#, nil),
            (#""2024-01-01T00:00:00+24:00""#, nil),
            (#"{"$date":1.5}"#, nil), (#"{"$date":null}"#, nil), (#"{"$date":1,"x":1}"#, nil),
            (#"{"$date":999999999999999999}"#, nil), ("{}", nil),
            ("1.5", nil), ("true", nil), ("null", nil), ("[]", nil), (#""१९७०-01-01T00:00:00.000Z""#, nil),
        ] as [(String, Int64?)])
    func moments(value: String, milliseconds: Int64?) throws {
        let (page, slice) = try slice(value)
        #expect(page.milliseconds(slice) == milliseconds)
    }

    @Test("Moments from year 1 to 9999 are read as they were written")
    func roundTrips() throws {
        // A step that moves every part of date and time; about 4 000 samples.
        for moment in stride(
            from: -62_135_596_800_000 as Int64, through: 253_402_300_799_999, by: 911 * 86_400_000 + 3_661_001)
        {
            var fields = AddedFields()
            fields.add("v", timestamp: moment)
            let text = String(
                decoding: try output { writer in
                    try writer.write { buffer throws(OutputError) in
                        try buffer.records(RecordLine(stream: "s"), fields: [fields], emittedAt: 1)
                    }
                }, as: UTF8.self)
            let value = try #require(text.split(separator: "\"v\":").last?.dropLast(4))
            let (page, slice) = try slice(String(value))
            #expect(page.milliseconds(slice) == moment)
        }
    }

    @Test("Equal keys have equal fingerprints, however they are escaped, and others differ")
    func hashes() throws {
        func hash(_ value: String) throws -> KeyHash {
            let (page, slice) = try slice(value)
            return page.keyHash(slice)
        }
        #expect(try hash(#""abc""#) == hash(#""\u0061bc""#))
        for length in 1..<40 {
            let plain = try hash("\"\(String(repeating: "x", count: length))\"")
            for place in 0..<length {
                let escaped =
                    String(repeating: "x", count: place) + #"\u0078"#
                    + String(repeating: "x", count: length - place - 1)
                #expect(try hash("\"\(escaped)\"") == plain)
            }
        }
        var keys = ["1", #""1""#, "null", "[]", #""""#, #""a\u0000""#, #""a""#, #""aa""#]
        for length in 0..<70 { keys.append("\"" + String(repeating: "x", count: length) + "y\"") }
        var random = SeededRandom(seed: 9)
        for _ in 0..<2000 { keys.append("\"\(String(random.next(), radix: 36))\"") }
        let hashes = try keys.map(hash)
        #expect(Set(hashes).count == Set(keys).count)
        #expect(Set(hashes.map(\.high)).count == hashes.count)
        #expect(Set(hashes.map(\.low)).count == hashes.count)
    }
}
