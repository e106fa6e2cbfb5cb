import Testing

@testable import RunnerKit

/// Lines of a source, told apart.
struct MessageReaderTests {
    @Test(arguments: [
        (#"{"type":"RECORD","record":{"stream":"s","data":{"a":1},"emitted_at":5}}"#, true),
        (#"{"record":{"emitted_at":5,"data":{"a":1},"stream":"s","meta":{"changes":[]}},"type":"RECORD"}"#, true),
        (#" { "type" : "RECORD" , "record" : { "stream" : "s" , "data" : { } } } "#, true),
        (#"{"type":"RECORD","record":{"stream":"s","data":[1]}}"#, false),
        (#"{"type":"RECORD","record":{"data":{}}}"#, false), (#"{"type":"RECORD"}"#, false),
        (#"{"type":"RECORD","record":{"stream":"s","data":{"a":1},"#, false),
    ])
    func recordsAreReadInAnyOrder(line: String, isRecord: Bool) {
        var reader = MessageReader()
        let content = Array(line.utf8).withUnsafeBufferPointer { reader.read($0) }
        switch content {
        case .record: #expect(isRecord)
        case .noise(.brokenRecord): #expect(!isRecord)
        default: Issue.record("neither a record nor a broken one")
        }
    }

    @Test func namesAreFoundAmongMany() {
        let names = (0..<500).map { "field\($0)" }
        let table = NameTable(names + ["field7"])
        for (index, name) in names.enumerated() {
            #expect(Array(name.utf8).withUnsafeBufferPointer { table.index(of: $0) } == index)
        }
        #expect(Array("field".utf8).withUnsafeBufferPointer { table.index(of: $0) } == nil)
    }
}
