@testable import JSONBytes
import AirbyteProtocol
import Testing

struct StateInputTests {
    private func parse(_ text: String) throws(InputError) -> [String: JSON] {
        try StateInput.parse(Array(text.utf8))
    }

    @Test(
        "No state in any form is no state",
        arguments: [
            "", " \r\n", "[]", "{}", "null", "\u{FEFF}[]", "[null]", "[{}]", "{}\n{}\n",
            #"{"type":"LEGACY","data":null}"#,
        ])
    func empty(text: String) throws {
        #expect(try parse(text).isEmpty)
    }

    private static let stream = #"{"stream_descriptor":{"name":"rooms","namespace":null},"stream_state":{"v":1}}"#

    @Test(
        "Every known shape of a state is understood",
        arguments: [
            #"[{"type":"STREAM","stream":\#(stream)}]"#, #"{"type":"STREAM","stream":\#(stream)}"#,
            #"[{"stream":\#(stream)}]"#,
            #"[{"type":"STATE","state":{"type":"STREAM","stream":\#(stream)}}]"#,
            #"{"type":"STATE","state":{"type":"STREAM","stream":\#(stream)}}"#,
            #"[\#(stream)]"#, stream,
            #"{"type":"GLOBAL","global":{"shared_state":{"x":1},"stream_states":[\#(stream),null,7]}}"#,
            #"[{"type":"GLOBAL","global_":{"stream_states":[\#(stream)]}}]"#,
            #"{"type":"LEGACY","data":{"rooms":{"v":1}}}"#, #"{"data":{"rooms":{"v":1}}}"#,
            #"{"rooms":{"v":1}}"#, #"{"airbyte_state":[{"type":"STREAM","stream":\#(stream)}]}"#,
            "\u{FEFF}" + stream + "\r\n",
            #"[{"type":"STREAM","stream":\#(stream),"global":null,"data":null,"sourceStats":{"recordCount":3.0},"destinationStats":null,"id":7}]"#,
            #"[{"type":"STREAM","stream":\#(stream),"global_":null,"global_":null,"data":null,"id":null,"x":[]}]"#,
        ])
    func shapes(text: String) throws {
        #expect(try parse(text) == ["rooms": .object(["v": .integer(1)])])
    }

    private func line(_ name: String, _ state: String) -> String {
        #"{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"\#(name)"},"stream_state":\#(state)}}}"#
    }

    @Test("Of several states of one stream the last one counts, and null takes it back")
    func lastWins() throws {
        let text = [
            line("a", #"{"v":1}"#), "", line("b", #"{"v":2}"#), line("a", #"{"v":3}"#), line("c", #"{"v":4}"#),
            line("c", "null"),
        ]
        .joined(separator: "\r\n")
        #expect(try parse(text) == ["a": .object(["v": .integer(3)]), "b": .object(["v": .integer(2)])])
    }

    @Test("Other messages between the states of a recorded output are passed over")
    func ignoresOthers() throws {
        let log = #"{"type":"LOG","log":{"level":"INFO","message":"x"}}"#
        let record = #"{"type":"RECORD","record":{"stream":"a","data":{"x":1},"emitted_at":1}}"#
        #expect(
            try parse([log, record, line("a", #"{"v":1}"#)].joined(separator: "\n")) == [
                "a": .object(["v": .integer(1)])
            ])
    }

    @Test("What is no state is refused with advice", arguments: ["7", #""text""#, "[1]", "{", "{}\nnonsense", "[{}"])
    func refuses(text: String) {
        let error = #expect(throws: InputError.self) { try parse(text) }
        #expect(error?.message.contains("start over") == true)
    }
}
