import AirbyteProtocol

@testable import JSONBytes
@testable import RocketChatSource

/// Pages: judged as the reference reader judges them; and each record leaves as the reference makes it of the shape's rules.
enum PageFuzz {
    /// The first byte of an input says which stream it is a page of.
    private static let streams = Catalogue.all
    private static let scanners: [(scanner: PageScanner, shape: RecordShape)] = streams.map { stream in
        let shape = stream.rows().shape
        var format = PageFormat(list: ["rows"], of: shape)
        format.scalar(at: ["success"])
        format.scalar(at: ["cursor", "next"])
        return (PageScanner(format), shape)
    }

    static func fault(_ input: [UInt8]) -> String? {
        guard let first = input.first else { return nil }
        let (scanner, shape) = scanners[Int(first) % scanners.count]
        let body = Array(input.dropFirst())
        // The reference reader calls itself for each bracket.
        guard body.count(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }) < 300 else {
            _ = try? scanner.scan(body)
            return nil
        }
        let reference = try? ReferenceJSON.parse(body)
        guard let page = try? scanner.scan(body) else {
            return reference == nil ? nil : "JSON was refused"
        }
        guard let reference else { return "what is no JSON was accepted" }
        return fault(page, reference, shape)
    }

    private static func fault(_ page: ScannedPage, _ reference: JSONValue, _ shape: RecordShape) -> String? {
        let list = PageFormat.List.first
        guard page.isPresent(list) else { return nil }
        // Of a list that is there twice the scanner may take another one.
        let elements = reference["rows"]?.arrayValue ?? [reference["rows"] ?? .null]
        let isSure =
            elements.count == page.count(list) && !String(decoding: page.body, as: UTF8.self).contains("rows\":\\")
        for row in 0..<page.count(list) {
            for probe in shape.probing.indices {
                _ = page.slice(RecordShape.Probe(number: probe), at: row, of: list).map { page.milliseconds($0) }
            }
            guard let bytes = written(page, row, list) else { continue }
            if let fault = fault(bytes, isSure ? elements[row] : nil, shape) {
                return "row \(row): \(fault): \(String(decoding: bytes, as: UTF8.self))"
            }
            if let fault = shrinks(page, row, list) { return "row \(row): \(fault)" }
        }
        return nil
    }

    /// The record as it leaves, with its `meta`; nil when it does not.
    private static func written(_ page: ScannedPage, _ row: Int, _ list: PageFormat.List) -> [UInt8]? {
        switch page.way(of: row, in: list) {
        case .none: nil
        case .asItStands(let range): Array(page.body[range])
        case .rewritten: written(RecordRewriter(page, at: row, of: list))
        }
    }

    private static func written(_ record: RecordRewriter) -> [UInt8] {
        let capacity = record.capacity
        let length = record.length
        let bytes = [UInt8](unsafeUninitializedCapacity: max(capacity, 1)) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            count = RecordFrame(opening: [], ending: "").write(record, adding: AddedFields(), to: start)
        }
        precondition(bytes.count == length, "\(length) bytes were foretold, \(bytes.count) written")
        precondition(length <= capacity, "\(length) bytes in \(capacity)")
        return bytes
    }

    private static func fault(_ bytes: [UInt8], _ element: JSONValue?, _ shape: RecordShape) -> String? {
        // `data` and, behind it, `meta`: one object.
        guard let record = try? ReferenceJSON.parse(Array(#"{"data":"#.utf8) + bytes + Array("}".utf8)) else {
            return "what leaves is no JSON"
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.unicodeScalars.contains(where: { [0x85, 0x2028, 0x2029].contains($0.value) || $0.value < 0x20 }) {
            return "what leaves breaks lines"
        }
        guard let data = record["data"]?.objectValue, !data.isEmpty else { return "nothing leaves" }
        if let name = data.keys.first(where: {
            $0.lowercased().hasPrefix("_ab_") || $0.lowercased().hasPrefix("_airbyte_")
        }) {
            return "\(name) leaves"
        }
        for path in shape.dropping where holds(.object(data), path.components[...]) { return "\(path) leaves" }
        for name in data.keys where shape.types[name].map({ !isRead(data[name] ?? .null, as: $0) }) ?? false {
            return "\(name) has another type than it declares"
        }
        return lost(data, element, shape)
    }

    /// A text that the page has and that needs nothing must leave as it is.
    private static func lost(_ data: [String: JSONValue], _ element: JSONValue?, _ shape: RecordShape) -> String? {
        guard case .object(let members)? = element, shape.masking.isEmpty else { return nil }
        for (name, value) in members where shape.types[name] == .string {
            guard case .string(let text) = value, !text.isEmpty, !text.contains("\0"), !text.contains("\u{FFFD}") else {
                continue
            }
            guard !shape.dropping.contains(where: { $0.components[0] == name }), let left = data[name] else { continue }
            if left != value { return "\(name) was '\(text)'" }
        }
        return nil
    }

    private static func holds(_ value: JSONValue, _ path: ArraySlice<String>) -> Bool {
        guard let name = path.first else { return true }
        switch value {
        case .array(let elements): return elements.contains { holds($0, path) }
        case .object(let members): return members[name].map { path.count == 1 || holds($0, path.dropFirst()) } ?? false
        default: return false
        }
    }

    /// Whether a value has the form that a field declares.
    private static func isRead(_ value: JSONValue, as type: FieldType) -> Bool {
        switch (type, value) {
        case (_, .null), (.string, .string), (.timestamp, .string), (.integer, .integer), (.number, .integer),
            (.number, .number),
            (.boolean, .bool), (.object, .object), (.array, .array), (.strings, .array), (.objects, .array),
            (.list, .array):
            true
        case (.integer, .number(let number)): number == number.rounded()
        default: false
        }
    }

    /// A record that is too long loses as many bytes as are asked for.
    private static func shrinks(_ page: ScannedPage, _ row: Int, _ list: PageFormat.List) -> String? {
        guard page.isRecord(at: row, of: list) else { return nil }
        let whole = RecordRewriter(page, at: row, of: list)
        let length = whole.length
        for excess in [1, length / 3, length - 40] where excess > 0 {
            var record = whole
            guard record.shrink(by: excess) else { continue }
            let bytes = written(record)
            guard bytes.count <= length - excess else {
                return "\(length - bytes.count) bytes went instead of \(excess)"
            }
            guard ReferenceJSON.accepts(Array(#"{"data":"#.utf8) + bytes + Array("}".utf8)) else {
                return "what is left is no JSON: \(String(decoding: bytes, as: UTF8.self))"
            }
        }
        return nil
    }

    static let words = [
        "\"rows\":[", "\"_id\":", "\"token\":1,", "\"_ab_x\":1,", "\"_AIRBYTE_y\":2,", "\"success\":true",
        "\"E2EKey\":\"k\",", "\"v\":{\"token\":2},",
        "\"msg\":\"xoxe-1-abc\",", "\"_updatedAt\":{\"$date\":1709210096789},", "\"ts\":\"2024-02-29T12:34:56+01:00\",",
        "\"t\":\"rm\",",
        "\"bot\":{},", "\"_importFile\":{\"x\":1},", "\"u\":{\"_id\":1,\"x\":2},", "\"attachments\":[{\"a\":[1]}],",
    ]

    static let seeds: [[UInt8]] = streams.indices.flatMap { index -> [[UInt8]] in
        let fields = streams[index].fields.map(\.name)
        let values = [
            #""text""#, "7", "-1.5e3", "true", "null", #"{"_id":"a","token":"t","$date":1709210096789}"#,
            #"["a",{"token":1}]"#,
            #""2024-02-29T12:34:56.789Z""#, #""Thu Feb 29 2024 12:34:56 GMT+0100 (CET)""#, #""""#, "[]",
            #"" \u2028\ud83d\ude00""#,
        ]
        return (0..<3).map { turn in
            let members = fields.enumerated().map { "\"\($1)\":\(values[($0 + turn * 5) % values.count])" }
            let row = #"{"_id":"aaaaaaaaaaaaaaaa\#(turn)","# + members.joined(separator: ",") + "}"
            let secrets = streams[index].dropped.compactMap { $0.split(separator: ".").first }.map {
                "\"\($0)\":{\"a\":\"s\"}"
            }
            let other =
                "{ \"_ab_cdc_deleted_at\" : 1 , \(secrets.joined(separator: " , "))\(secrets.isEmpty ? "" : ",") \"_id\":\"b\"}"
            return [UInt8(index)]
                + Array(#"{"rows":[\#(row),\#(other),7,{}],"success":true,"cursor":{"next":"1"}}"#.utf8)
        }
    }
}
