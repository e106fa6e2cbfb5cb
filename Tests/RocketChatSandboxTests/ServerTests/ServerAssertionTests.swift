import Testing

@testable import RocketChatSandbox

/// The stand-in answers as the server's own tests demand.
@Suite struct ServerAssertionTests {
    /// What is held of what is asked, by release.
    @Test(arguments: [("6.13.1", 197), ("7.2.0", 273), ("7.10.0", 337), ("8.6.1", 262)])
    func theServersOwnTestsHold(version: String, count: Int) {
        let asked = ServerAssertion.all.compactMap { row in row.lines[version].map { (row, $0) } }
        var held = 0
        for (row, line) in asked {
            let holds = row.holds(Scene(version))
            #expect(holds, "\(row.file):\(line) of \(version)")
            if holds { held += 1 }
        }
        #expect(asked.count == count, "a row was lost or added: say so here")
        print("\(version): \(held) of \(asked.count) assertions of the server's tests held")
    }
}
