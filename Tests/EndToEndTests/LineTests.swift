import RocketChatSandbox
import Testing

/// Rules 1 to 4, 19, 21 and 23: what a line of standard output may be. `Run` holds every run of every test to most of them; here
/// stands that the cases in question really came by.
@Suite(.timeLimit(.minutes(10))) struct LineTests {
    @Test func rule1EveryLineIsOneMessage() async throws {
        let read = try await WholeRead.shared.read
        #expect(read.code == 0)
        #expect(read.messages.count > 2500)
        #expect(read.output.last == UInt8(ascii: "\n"))
    }

    @Test func rule2SeparatorsInsideTextsAreEscaped() async throws {
        let read = try await WholeRead.shared.read
        let texts = read.records(of: "messages").compactMap { $0[["data", "msg"]]?.text }
        #expect(texts.contains("line\u{2028}separator\u{2029}and\u{85}next"))
        #expect(texts.contains("bell \u{7} and escape \u{1B}[31m"))
        // As Python's splitlines counts, by whose lines several runners read.
        let breaks: Set<Unicode.Scalar> = [
            "\n", "\r", "\u{B}", "\u{C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{85}", "\u{2028}", "\u{2029}",
        ]
        #expect(read.text.unicodeScalars.count { breaks.contains($0) } == read.messages.count)
    }

    @Test func rule3LoneSurrogatesBecomeReplacementCharacters() async throws {
        let texts = try await WholeRead.shared.read.records(of: "messages").compactMap { $0[["data", "msg"]]?.text }
        #expect(texts.contains("high \u{FFFD} alone"))
        #expect(texts.contains("low \u{FFFD} alone"))
        #expect(texts.contains("nul  inside"), "U+0000 is dropped: PostgreSQL cannot hold it")
        #expect(texts.contains { $0.hasPrefix("\u{1F600} astral \u{1D11E}") }, "pairs stay")
    }

    @Test func rule4ARecordOfMoreThanTenMebibytesLosesItsLargestField() async throws {
        let stage = try Stage { $0.messages = 20 }
        let admin = stage.sandbox.accounts.admin.userID
        let room = stage.sandbox.createRoom("giants", by: admin)
        let id = stage.sandbox.post(in: room, by: admin, text: String(repeating: "giant ", count: 1_800_000))
        let run = try await stage.read(["messages"], more: #""rooms":{"include":["giants"]}"#)
        #expect(run.code == 0)
        let record = try #require(run.records(of: "messages").first { $0[["data", "_id"]]?.text == id })
        #expect(record[["data", "msg"]] == .null)
        let changes = record[["meta", "changes"]]?.elements
        #expect(changes?.first?["field"]?.text == "msg")
        #expect(changes?.first?["reason"]?.text == "SOURCE_RECORD_SIZE_LIMITATION")
    }

    @Test func rule19AndRule21AGoodReadIsSilentOnStandardErrorAndLogsNoError() async throws {
        // That standard error is silent is part of every `Run`.
        let levels = try await WholeRead.shared.read.payloads("LOG", "log").compactMap { $0["level"]?.text }
        #expect(!levels.isEmpty)
        #expect(Set(levels).isSubset(of: ["INFO", "WARN"]))
        #expect(try await WholeRead.shared.read.errors().isEmpty)
    }

    @Test func rule23NothingIsSentBackAsConfiguration() async throws {
        #expect(try await WholeRead.shared.read.payloads("CONTROL", "control").isEmpty)
    }
}
