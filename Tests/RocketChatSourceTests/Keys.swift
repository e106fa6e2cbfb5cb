import AirbyteProtocol

/// Keys as the scanner makes them, for tests of paging.
enum Keys {
    private static let scanner = PageScanner(
        layout: PageLayout(lists: [[]]), shapes: [RecordShape(types: [:], probing: ["_id"])])

    /// The key of each id.
    static func of(_ ids: [String]) throws -> [KeyHash] {
        let text = "[" + ids.map { #"{"_id":"\#($0)"}"# }.joined(separator: ",") + "]"
        let page = try scanner.scan(Array(text.utf8))
        return ids.indices.map { page.keyHash(page.probe(0, record: $0, list: 0)!) }
    }
}
