import AirbyteProtocol
import Testing

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

    /// Other messages are taken apart as what they are; an escape in a record's own words makes it none.
    @Test(arguments: [
        (#"{"type":"STATE","state":{"data":{}}}"#, MessageType.state),
        (#"{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED"}}"#, .connectionStatus),
        (#"{"control":{},"type":"CONTROL"}"#, .control), (#"{"type":"RE\u0043ORD","record":{"stream":"s"}}"#, nil),
        (#"{"type":"HELLO","hello":{}}"#, nil),
    ])
    func messagesAreReadByTheirType(line: String, type: MessageType?) {
        var reader = MessageReader()
        let content = Array(line.utf8).withUnsafeBufferPointer { reader.read($0) }
        switch content {
        case .message(let found, _): #expect(found == type)
        case .noise(let noise): #expect(noise == .unknown && type == nil)
        case .record: Issue.record("a record")
        }
    }
}
