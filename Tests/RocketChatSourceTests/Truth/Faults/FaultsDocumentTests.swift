import CSystem
import Testing

@testable import RocketChatSource

/// docs/faults.md, made from the table that `FaultMatrixTests` plays.
@Suite struct FaultsDocumentTests {
    private static let path =
        "\(#filePath)".split(separator: "/").dropLast(5).reduce("") { "\($0)/\($1)" } + "/docs/faults.md"

    @Test func theDocumentSaysWhatTheMatrixPlays() throws {
        let text = Self.text
        if getenv("UPDATE_DOCS") != nil { try TextFile.write(text, to: Self.path) }
        let written = String(decoding: try TextFile.read(Self.path), as: UTF8.self)
        #expect(written == text, "docs/faults.md is out of date: UPDATE_DOCS=1 swift test --filter FaultsDocumentTests")
    }

    private static var text: String {
        ([head] + FaultClass.allCases.map(section)).joined(separator: "\n\n") + "\n"
    }

    private static let head = """
        # What a fault does to a sync

        Made by a test from the table that it plays; do not edit it by hand:
        `UPDATE_DOCS=1 swift test --filter FaultsDocumentTests` writes it anew, `swift test --filter FaultMatrixTests` plays it: every
        fault against every kind of stream, in a first sync, in an increment and in a full refresh, once for half a minute and once to
        the end of the run. In each cell no live row that was there is missing, buried or altered; a stream that is COMPLETE without
        being whole is named in a warning; and the next sync without the fault ends with the truth, to the last member.

        **complete**: COMPLETE, exit code 0. **transient**: INCOMPLETE, exit code 1, `transient_error`, and the streams and rooms that
        were not struck are read. **config**: the same with `config_error`, for which `airbyte-run` ends with exit code 3.
        Two words stand for half a minute and for the whole run, where they differ.
        """

    private static func section(_ kind: FaultClass) -> String {
        let names = NamedFault.all.filter { $0.kind == kind }.map(\.name).joined(separator: "; ")
        let rows = StreamKind.allCases.map { stream in
            let cells = FaultStage.allCases.map { stage in
                let moment = word(kind.outcome(stream, stage, lasts: false))
                let whole = word(kind.outcome(stream, stage, lasts: true))
                return moment == whole || !kind.isTriedAgain ? whole : "\(moment), \(whole)"
            }
            return "| \(title(stream)) | \(cells.joined(separator: " | ")) |"
        }
        return """
            ## \(title(kind))

            \(names).

            | | first sync | increment | full refresh |
            | --- | --- | --- | --- |
            \(rows.joined(separator: "\n"))
            """
    }

    private static func word(_ outcome: Outcome) -> String {
        switch outcome {
        case .complete: "complete"
        case .transient: "transient"
        case .config: "config"
        }
    }

    private static func title(_ kind: FaultClass) -> String {
        switch kind {
        case .otherAnswer: "Another answer than the server's"
        case .noAnswer: "No answer"
        case .serverFailure: "A failure inside the server"
        case .refusal: "A refusal that the server is known to make"
        case .rateLimit: "The rate limit"
        case .absurdWait: "A wait that nobody waits"
        case .contradiction: "Counts, cursors and pages that contradict each other"
        case .foreignRows: "Rows of another room"
        case .emptied: "A list that is suddenly empty, and says so"
        case .wrongClock: "A wrong clock"
        }
    }

    private static func title(_ kind: StreamKind) -> String {
        switch kind {
        case .listing: "a listing (`rooms`, `livechat_contacts`)"
        case .fullListing: "one that is never empty (`users`)"
        case .layered: "one with thinner ones behind it (`channels`, `groups`, `direct_messages`, `teams`)"
        case .feed: "a feed of changes (`roles`)"
        case .newestFirst: "a listing read newest first (`statistics`, `livechat_rooms`)"
        case .parts: "a listing for each room (`room_members`, `files`, `video_conferences`)"
        case .messages: "`messages`, `livechat_messages`"
        case .further: "a further listing of a stream or of its rooms"
        case .root: "`/api/info`"
        case .account: "who the token is and what it may do"
        }
    }
}
