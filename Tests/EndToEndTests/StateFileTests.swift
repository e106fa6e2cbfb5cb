import Foundation
import RocketChatSandbox
import Testing

/// Rule 11: state files as runners write them.
@Suite(.timeLimit(.minutes(10))) struct StateFileTests {
    private static let marker = #"{"__ab_no_cursor_state_message":true}"#

    /// State files that say nothing about `users` and `roles` but that they are to be read from the beginning.
    static let blank = [
        "", " \n", "null", "[]", "{}", "[null]", "\u{FEFF}[]\r\n",
        // Of a stream that no longer exists.
        #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"gone"},"stream_state":{"version":9}}}]"#,
        // Of Airbyte's own connector, for a stream without a cursor and for one that has got one.
        #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},"stream_state":\#(marker)}},"#
            + #"{"type":"STREAM","stream":{"stream_descriptor":{"name":"roles"},"stream_state":\#(marker)}}]"#,
        #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"roles"},"stream_state":null}}]"#,
        #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"roles"},"stream_state":{}}}]"#,
        #"{"type":"LEGACY","data":{}}"#,
    ]

    @Test(arguments: blank)
    func rule11StatesThatSayNothingMeanTheBeginning(state: String) async throws {
        let stage = try Stage()
        let run = try await stage.read(["users", "roles"], state: state)
        #expect(run.code == 0)
        #expect(Set(run.ids(of: "users")) == Set(stage.sandbox.truth(.users, for: stage.sandbox.accounts.admin).keys))
        #expect(!run.records(of: "roles").isEmpty)
    }

    @Test(arguments: ["--state", "--state="])
    func rule11AnEmptyPathIsNoState(option: String) async throws {
        let stage = try Stage()
        let words = ["read", "--config", try stage.config(), "--catalog", try stage.catalog(["roles"])]
        let run = try await Run.connector(words + (option.hasSuffix("=") ? [option] : [option, ""]))
        #expect(run.code == 0 && !run.records(of: "roles").isEmpty)
    }

    /// How runners hand back the states of a run.
    enum Shape: String, CaseIterable {
        case listOfStates, listOfMessages, linesOfMessages, pyAirbyte, global, legacy, local

        /// The file that holds these STATE payloads.
        func file(_ states: [(name: String, payload: String, state: String)]) -> String {
            switch self {
            case .listOfStates: "[\(states.map(\.payload).joined(separator: ","))]"
            case .listOfMessages:
                "[\(states.map { #"{"type":"STATE","state":\#($0.payload)}"# }.joined(separator: ","))]"
            case .linesOfMessages: states.map { #"{"type":"STATE","state":\#($0.payload)}"# + "\n" }.joined()
            case .pyAirbyte:
                // Nulls, an id, statistics, and one key twice in the same object.
                "["
                    + states.map {
                        #"{"type":"STREAM","stream":{"stream_descriptor":{"name":"\#($0.name)","namespace":null},"#
                            + #""stream_state":\#($0.state)},"global":null,"global_":null,"global_":null,"data":null,"#
                            + #""sourceStats":{"recordCount":3.0,"x":1},"destinationStats":null,"id":17}"#
                    }.joined(separator: ",") + "]"
            case .global:
                #"[{"type":"GLOBAL","global":{"shared_state":null,"stream_states":["#
                    + states.map {
                        #"{"stream_descriptor":{"name":"\#($0.name)"},"stream_state":\#($0.state)}"#
                    }.joined(separator: ",") + "]}}]"
            case .legacy:
                #"{"type":"LEGACY","data":{\#(states.map { #""\#($0.name)":\#($0.state)"# }.joined(separator: ","))}}"#
            case .local:
                #"{"airbyte_state":[\#(states.map(\.payload).joined(separator: ","))]}"#
            }
        }
    }

    @Test(arguments: Shape.allCases)
    func rule11AStateComesBackInAnyShapeAndIsGoneOnFrom(shape: Shape) async throws {
        let stage = try Stage()
        let streams = ["messages", "roles", "users"]
        let settings = #""overlap_seconds":0"#
        let first = try await stage.read(streams, more: settings)
        #expect(first.code == 0)
        let states = try streams.map { name in
            let line = try #require(
                first.text.split(separator: "\n").last {
                    $0.hasPrefix(#"{"type":"STATE""#) && $0.contains(#""stream_descriptor":{"name":"\#(name)"}"#)
                })
            let payload = String(line.trimmingPrefix(#"{"type":"STATE","state":"#).dropLast())
            let from = try #require(payload.range(of: #""stream_state":"#))
            let to = try #require(payload.range(of: #"},"sourceStats""#))
            return (name, payload, String(payload[from.upperBound..<to.lowerBound]))
        }
        let second = try await stage.read(streams, state: shape.file(states), more: settings)
        #expect(second.code == 0)
        #expect(second.ids(of: "messages") == [])
        // A stream without a cursor reads everything whatever its state says.
        #expect(second.ids(of: "users").count == first.ids(of: "users").count)
        for stream in streams { #expect(!second.states(of: stream).isEmpty, "\(stream)") }
    }

    @Test func aStateFromTheFutureOfTheConnectorFailsTheStream() async throws {
        let stage = try Stage()
        let state =
            #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"messages"},"stream_state":{"version":99}}}]"#
        let run = try await stage.read(["messages", "roles"], state: state)
        #expect(run.code == 1)
        #expect(run.story(of: "messages") == ["STARTED", "RUNNING", "ERROR", "INCOMPLETE"])
        #expect(run.story(of: "roles").suffix(2) == ["COMPLETE", "STATE"])
    }
}
