import AirbyteProtocol
import Testing

@testable import JSONBytes

/// Pages broken at random: the scanner must agree with the reference reader on each, and what it lets out must be JSON.
struct MutationTests {
    static let seedPages = [
        #"""
        {"messages":[{"_id":"aaaaaaaaaaaaaaaaa","rid":"GENERAL","msg":"Grüße \u00fc \ud83d\ude00 \"q\" \\ end","ts":"2024-02-29T12:34:56.789Z",
        "u":{"_id":"u1","username":"rocket.cat","deep":[[{"s":1,"t":[2]}],{"s":3}]},"_updatedAt":{"$date":1709210096789},"urls":[],"v":{"token":"secret","name":"x"},"n":-1.5e+3},
        {"_id":"bbbbbbbbbbbbbbbbb","msg":"ünïcödé 漢字 😀","ts":"2024-02-29T12:34:56+01:00","pinned":true,"v":[{"token":1},{"a":2,"token":"t"}],
        "token":"top","sysMes":"all","n":12345678901234567890,"t":null}],"total":2,"success":true,"cursor":{"next":"1709210096789"}}
        """#,
        #"[{"_id":"1","n":0},{"n":1,"_id":"2","ts":""},{"token":[]},{},[],"x",7,{"ts":"2024-12-31T23:59:59.999Z","v":[[{"token":1}]]}]"#,
        "{\"messages\":{\"_id\":\"\u{2028}\u{85}\\ud800\\u0000\",\"n\":1e400,\"token\":{\"a\":[1,[2,[3]]]},\"msg\":\"0123456\"},\"success\":false}",
    ]

    private static let fragments: [String] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", "0", "-", ".", "e", "1", "null", "true",
        " ", "\n", "\t", "\u{1}", "é",
        "\u{2028}", "\u{85}", "😀", "\"token\":1,", "\"_ab_x\":1,", "\"s\":[1],", "\"u\":{\"_id\":1,\"x\":2},", "\"12\"",
        "\"_id\":", "\"v\":{\"token\":2},", "{}", "[]", "\"\"",
        "\"messages\":[{\"_id\":\"z\"}],", "1e999", "\0", "/", "'",
    ]

    private static let shape = RecordShape(
        types: [
            "_id": .string, "msg": .string, "ts": .timestamp, "_updatedAt": .timestamp, "n": .integer, "u": .object,
            "urls": .array, "sysMes": .list,
            "pinned": .boolean, "v": .list,
        ], dropping: ["token", "v.token", "u.deep.s"], keeping: ["u._id", "u.deep"], masking: ["v.name"],
        probing: ["_id", "_updatedAt", "v.name"])

    private static let scanners = [
        PageScanner(
            layout: PageLayout(lists: [["messages"]], scalars: [["success"], ["cursor", "next"]]), shapes: [shape]),
        PageScanner(layout: PageLayout(lists: [[]], scalars: [["success"]]), shapes: [shape]),
    ]

    private func mutate(_ page: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = page
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...6, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.replaceSubrange(place..<end, with: Self.fragments.randomElement(using: &random)!.utf8)
            case 2: bytes.insert(contentsOf: Self.fragments.randomElement(using: &random)!.utf8, at: place)
            case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
            case 4: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            default: bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return bytes
    }

    @Test(
        "A broken page is judged as the reference judges it, and never becomes a broken line",
        arguments: 1...8 as ClosedRange<UInt64>)
    func agreesWithReference(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for round in 0..<250 {
            var bytes = Array(Self.seedPages[round % Self.seedPages.count].utf8)
            bytes = mutate(bytes, &random)
            let isJSON = ReferenceJSON.accepts(bytes)
            for scanner in Self.scanners {
                // A copy of its own, so that a read beyond the end has a chance to be noticed.
                let page = try? scanner.scan(Array(bytes))
                #expect(
                    (page != nil) == isJSON, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
                if let page { try check(page, "seed \(seed), round \(round)") }
            }
        }
    }

    private func check(_ page: ScannedPage, _ place: String) throws {
        let lines = try recordBytes(page).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == (0..<page.count(list: 0)).count { page.isRecord(record: $0, list: 0) }, "\(place)")
        for line in lines {
            let text = String(decoding: line, as: UTF8.self)
            guard let value = try? ReferenceJSON.parse(Array(line)) else {
                Issue.record("\(place): not JSON: \(text)")
                continue
            }
            #expect(
                !text.unicodeScalars.contains { [0x85, 0x2028, 0x2029].contains($0.value) || $0.value < 0x20 },
                "\(place)")
            let data = try #require(value["record"]?["data"]?.objectValue)
            #expect(!data.isEmpty && data["token"] == nil && data["v"]?["token"] == nil, "\(place)")
            for element in data["v"]?.arrayValue ?? [] { #expect(element["token"] == nil, "\(place)") }
            #expect(!data.keys.contains { $0.hasPrefix("_ab_") }, "\(place)")
            let names = data["u"]?.objectValue.map { Set($0.keys) } ?? []
            #expect(names.isSubset(of: ["_id", "deep"]), "\(place)")
            #expect(!holdsSecret(data["u"]?["deep"]), "\(place)")
            for key in ["_id", "msg", "ts"] {
                if let value = data[key], value != .null { #expect(value.stringValue != nil, "\(place)") }
            }
            if let number = data["n"], number != .null { #expect(number.integerValue != nil, "\(place)") }
        }
    }

    /// Whether an object here, or in a list right here, has the member that is dropped at this place.
    private func holdsSecret(_ value: JSONValue?) -> Bool {
        value?["s"] != nil || (value?.arrayValue ?? []).contains { holdsSecret($0) }
    }

    @Test("Values nested at random survive the way through unharmed")
    func keepsValues() throws {
        var random = SeededRandom(seed: 42)
        for _ in 0..<200 {
            var members: [String: JSONValue] = ["key": .string("k")]
            for index in 0..<Int.random(in: 0...12, using: &random) {
                members["f\(index % 7)_\(index)"] = randomValue(depth: 4, &random)
            }
            let document = String(decoding: compactJSON(.object(members)), as: UTF8.self)
            let line = try #require(try recordBytes(scanRoot(document)).split(separator: UInt8(ascii: "\n")).first)
            #expect(try ReferenceJSON.parse(Array(line))["record"]?["data"] == .object(members))
            #expect(try ReferenceJSON.parse(try JSON(parsing: document).bytes) == .object(members))
        }
    }

    private func randomValue(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer(.random(in: -1_000_000...1_000_000, using: &random))
        case 3: .number(Double.random(in: -1...1, using: &random) + 0.000_1)
        case 4, 5:
            .string(
                (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    ["a", "é", "漢", "😀", "\"", "\\", "\n", " ", "{", "]"].randomElement(using: &random)!
                }
                .joined())
        case 6: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth - 1, &random) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...4, using: &random)).map {
                        ("k\($0)", randomValue(depth: depth - 1, &random))
                    },
                    uniquingKeysWith: { $1 }))
        }
    }

    private func compactJSON(_ value: JSONValue) -> [UInt8] {
        switch value {
        case .null: Array("null".utf8)
        case .bool(let value): Array("\(value)".utf8)
        case .integer(let value): Array("\(value)".utf8)
        case .number(let value): Array("\(value)".utf8)
        case .string(let value): quoted(value)
        case .array(let values): bracketed("[", values.map { compactJSON($0) }, "]")
        case .object(let members):
            bracketed("{", members.map { quoted($0.key) + [UInt8(ascii: ":")] + compactJSON($0.value) }, "}")
        }
    }

    private func bracketed(_ opening: String, _ parts: [[UInt8]], _ closing: String) -> [UInt8] {
        var bytes = Array(opening.utf8)
        bytes += parts.joined(separator: [UInt8(ascii: ",")])
        bytes += closing.utf8
        return bytes
    }

    private func quoted(_ text: String) -> [UInt8] {
        let escaped = text.flatMap { ["\"": "\\\"", "\\": "\\\\", "\n": "\\n"][$0] ?? String($0) }
        return Array("\"\(String(escaped))\"".utf8)
    }
}
