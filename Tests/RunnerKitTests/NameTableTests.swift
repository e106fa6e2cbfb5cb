import Testing

@testable import RunnerKit

/// Names, found by their bytes.
struct NameTableTests {
    @Test func namesAreFoundAmongMany() {
        let names = (0..<500).map { "field\($0)" }
        let table = NameTable(names + ["field7"])
        for (index, name) in names.enumerated() {
            #expect(Array(name.utf8).withUnsafeBufferPointer { table.index(of: $0) } == index)
        }
        #expect(Array("field".utf8).withUnsafeBufferPointer { table.index(of: $0) } == nil)
    }
}
