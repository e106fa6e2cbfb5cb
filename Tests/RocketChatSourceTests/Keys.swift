import AirbyteProtocol

@testable import JSONBytes
@testable import RocketChatSource

/// Keys as the scanner makes them, for tests of paging.
enum Keys {
    private static let rows = ListedRows(key: "_id")
    private static let scanner = PageScanner(PageFormat(list: [], of: rows.shape))

    /// The key of each id.
    static func of(_ ids: [String]) throws -> [KeyHash] {
        let text = "[" + ids.map { #"{"_id":"\#($0)"}"# }.joined(separator: ",") + "]"
        let page = try scanner.scan(Array(text.utf8))
        return ids.indices.map { page.keyHash(page.slice(rows.key, at: $0)!) }
    }
}
