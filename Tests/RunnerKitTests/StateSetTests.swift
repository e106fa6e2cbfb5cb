@testable import JSONBytes
import Testing

@testable import RunnerKit

/// State files in every shape they come in.
struct StateSetTests {
    private static let stream = #"{"stream_descriptor":{"name":"s"},"stream_state":{"c":1}}"#

    @Test(arguments: [
        #"[{"type":"STREAM","stream":\#(stream)}]"#,
        #"{"type":"STREAM","stream":\#(stream)}"#,
        #"[{"type":"STREAM","stream":\#(stream),"global":null,"global":null,"data":null,"id":4}]"#,
        #"{"type":"STATE","state":{"type":"STREAM","stream":\#(stream),"sourceStats":{"recordCount":1.0}}}"#,
        #"[{"stream_descriptor":{"name":"s","namespace":null},"stream_state":{"c":1}}]"#,
        #"[{"streamDescriptor":{"name":"s"},"streamState":{"c":1}}]"#,
        "{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"s\"},\"stream_state\":{\"c\":0}}}\n"
            + #"{"type":"STATE","state":{"type":"STREAM","stream":\#(stream)}}"# + "\r\n",
        "\u{FEFF}[{\"type\":\"STREAM\",\"stream\":\(stream),\"unknown\":[1]}]",
    ])
    func oneStreamIsFound(text: String) throws {
        let states = try StateSet(parsing: Array(text.utf8))
        #expect(states.text == #"[{"type":"STREAM","stream":\#(Self.stream)}]"#)
    }

    @Test(arguments: ["", " \n", "[]", "{}", "[null]", "null", "[{}]"])
    func nothingIsNoState(text: String) throws {
        #expect(try StateSet(parsing: Array(text.utf8)).isEmpty)
    }

    @Test func laterStatesWin() throws {
        let states = try StateSet(
            parsing: Array(
                #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"s"},"stream_state":{"c":0}}},\#(Self.stream)]"#
                    .utf8))
        #expect(states[StreamKey("s")] == .object(["c": .number("1")]))
        #expect(states.streams.count == 1)
    }

    @Test func aNullStateForgetsTheStream() throws {
        var states = try StateSet(parsing: Array("[\(Self.stream)]".utf8))
        states.apply(try JSON(parsing: #"{"stream":{"stream_descriptor":{"name":"s"},"stream_state":null}}"#))
        #expect(states.isEmpty)
    }

    @Test(arguments: [
        (#"{"users":{"cursor":3}}"#, #"{"users":{"cursor":3}}"#),
        (#"[{"type":"LEGACY","data":{"users":3}}]"#, #"{"users":3}"#),
        (
            #"{"type":"GLOBAL","global":{"shared_state":{"a":1}}}"#,
            #"[{"type":"GLOBAL","global":{"shared_state":{"a":1}}}]"#
        ),
    ])
    func legacyAndGlobalStatesStayWhatTheyAre(text: String, given: String) throws {
        #expect(try StateSet(parsing: Array(text.utf8)).text == given)
    }

    @Test func textThatIsNotJSONIsRefused() {
        let error = #expect(throws: RunnerError.self) { try StateSet(parsing: Array("{\"a\":".utf8)) }
        #expect(error?.description.contains("not JSON") == true)
    }

    @Test func namespacesTellStreamsApart() throws {
        let states = try StateSet(
            parsing: Array(
                #"[{"stream":{"stream_descriptor":{"name":"s","namespace":"p"},"stream_state":1}},\#(Self.stream)]"#
                    .utf8))
        #expect(states.streams.count == 2)
        #expect(states.limited(to: [StreamKey("s", namespace: "p")]).streams.count == 1)
    }
}
