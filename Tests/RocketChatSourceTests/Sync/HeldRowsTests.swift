import AirbyteProtocol
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// How long new rows of a listing wait for the state that names them.
struct HeldRowsTests {
    private func page(rows: Int) throws -> ScannedPage {
        let body = "[" + (0..<rows).map { "{\"_id\":\"\($0)\"}" }.joined(separator: ",") + "]"
        return try PageScanner(PageFormat(list: [], of: RecordShape())).scan(
            Array(body.utf8))
    }

    @Test("A first sync of 20 000 rows writes states for a few of its pages, and little waits")
    func growsSlowly() throws {
        let page = try page(rows: 100)
        var held = HeldRows()
        var met = 0
        var delivered = 0
        var named: [Int] = []
        for number in 0..<200 {
            met += 100
            held.hold(page, Array(0..<100), newRows: 100)
            #expect(held.newRows <= 2000)
            guard held.isDue(met: met) else { continue }
            if number == 0 { #expect(held.newRows == 100, "the first page leaves at once") }
            named.append(met)
            delivered += held.release().reduce(0) { $0 + $1.rows.count }
            #expect(delivered == met)
            #expect(held.newRows == 0 && held.release().isEmpty)
        }
        #expect(named.count < 35)
        #expect(named.reduce(0, +) < 20_000 * 10)
    }

    @Test("Rows that are known wait for nothing")
    func knownRowsPass() throws {
        var held = HeldRows()
        held.hold(try page(rows: 3), [0, 2], newRows: 0)
        #expect(held.isDue(met: 5000))
        #expect(held.release().map(\.rows) == [[0, 2]])
    }
}
