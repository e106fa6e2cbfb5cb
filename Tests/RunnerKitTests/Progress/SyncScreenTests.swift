import Testing

@testable import RunnerKit

/// Screens, to the character.
struct SyncScreenTests {
    private static let picture = SyncPicture(
        streams: [
            .init(name: "users", phase: .complete, rows: 65, bytes: 22_741),
            .init(
                name: "messages", rows: 1_210, total: 2_000, share: 0.605, bytes: 540_000, limitedUntil: "14:03:05",
                left: 115_000),
            .init(name: "room_members", rows: 162, bytes: 54_000, limitedUntil: "14:03:11", left: 240_000),
            .init(name: "teams", phase: .failed),
            .init(name: "livechat_department_agents", phase: .waiting),
            .init(name: "files", rows: 13, total: 26, share: 0.5, bytes: 8_000, left: 60_000),
        ],
        elapsed: 105_000, timeOfDay: "14:02:41", bytesPerSecond: 210_000)

    @Test func fortyColumns() {
        #expect(
            SyncScreen.lines(Self.picture, ScreenStyle(columns: 40)) == [
                "1:45  1/6, 1 failed  0.2 MB/s  ~4 min",
                "room_members                        162",
                "  rate-limited until 14:03:11, ~4 min",
                "messages      ██░░ 60 %  1 210 of 2 000",
                "  rate-limited until 14:03:05, ~2 min",
                "files         ██░░ 50 %  13 of 26",
                "  about 60 s to go",
                "livechat_d..",
            ])
    }

    @Test func eightyColumns() {
        #expect(
            SyncScreen.lines(Self.picture, ScreenStyle(columns: 80)) == [
                "1:45  1 of 6 streams, 1 failed, 1 450 rows, 0.2 MB/s, about 4 min to go",
                "room_members                                   162  rate-limited until 14:03:11",
                "messages             ████░░░░ 60 %  1 210 of 2 000  rate-limited until 14:03:05",
                "files                ████░░░░ 50 %  13 of 26        about 60 s to go",
                "livechat_departme..                                 waiting",
            ])
    }

    @Test func twoHundredColumns() {
        let space = { String(repeating: " ", count: $0) }
        #expect(
            SyncScreen.lines(Self.picture, ScreenStyle(columns: 200)) == [
                "1:45  1 of 6 streams complete, 1 failed, 1 450 rows, 625 KB, 0.2 MB/s, about 4 min to go",
                "room_members\(space(74))162  54 KB, rate-limited until 14:03:11, about 4 min to go",
                "messages                    ████████████████████████░░░░░░░░░░░░░░░░ 60 %  1 210 of 2 000"
                    + "  540 KB, rate-limited until 14:03:05, about 2 min to go",
                "files                       ████████████████████░░░░░░░░░░░░░░░░░░░░ 50 %  13 of 26      "
                    + "  8 KB, about 60 s to go",
                "livechat_department_agents\(space(65))waiting",
            ])
    }

    @Test func coloursAndASmallScreen() {
        var picture = Self.picture
        picture.outage = "the server has not answered for 3 min; trying again"
        let style = ScreenStyle(columns: 80, rows: 7, hasColour: true, isUnicode: false)
        #expect(
            SyncScreen.lines(picture, style) == [
                "\u{1B}[1m1:45  1 of 6 streams, 1 failed, 1 450 rows, 0.2 MB/s, about 4 min to go\u{1B}[0m",
                "\u{1B}[33mthe server has not answered for 3 min; trying again\u{1B}[0m",
                "room_members                                   162  \u{1B}[33mrate-limited until 14:03:11\u{1B}[0m",
                "messages      \u{1B}[32m#########......\u{1B}[0m 60 %  1 210 of 2 000  "
                    + "\u{1B}[33mrate-limited until 14:03:05\u{1B}[0m",
                "files         \u{1B}[32m#######........\u{1B}[0m 50 %  13 of 26        about 60 s to go",
                "and 1 more stream",
            ])
        let narrow = ScreenStyle(columns: 40, rows: 7)
        #expect(
            SyncScreen.lines(picture, narrow) == [
                "1:45  1/6, 1 failed  0.2 MB/s  ~4 min",
                "the server has not answered for 3 min",
                "room_members       162",
                "  rate-limited until 14:03:11, ~4 min",
                "and 3 more streams",
            ])
    }

    @Test func withoutColourNothingIsEscaped() {
        for columns in [40, 80, 200] {
            let text = SyncScreen.lines(Self.picture, ScreenStyle(columns: columns)).joined()
            #expect(!text.contains("\u{1B}"))
        }
    }

    /// Whatever the streams are called and however many rows they have.
    @Test func noLineIsWiderThanTheScreenAndNoneTooMany() {
        var random = SystemRandomNumberGenerator()
        for columns in 36...220 {
            let streams = (0..<Int.random(in: 0...30, using: &random)).map { _ -> SyncPicture.Stream in
                let names = [
                    "a", "messages", "livechat_department_agents", "会話の記録", "👩‍👩‍👧 family",
                    String(repeating: "x", count: 90),
                ]
                var stream = SyncPicture.Stream(name: names.randomElement(using: &random)!)
                stream.phase = [.waiting, .reading, .complete, .failed].randomElement(using: &random)!
                stream.rows = [0, 7, 123_456, 1_234_567_890].randomElement(using: &random)!
                stream.total = Bool.random(using: &random) ? 1_234_567_890 : nil
                stream.share = Bool.random(using: &random) ? Double.random(in: 0...0.99, using: &random) : nil
                stream.bytes = [0, 10, 1_234_567_890].randomElement(using: &random)!
                stream.limitedUntil = Bool.random(using: &random) ? "14:03:05" : nil
                stream.left = Bool.random(using: &random) ? 7_300_000 : nil
                return stream
            }
            let picture = SyncPicture(
                streams: streams, elapsed: 7_300_000, outage: "the server has not answered for 3 min; trying again")
            let rows = Int.random(in: 8...40, using: &random)
            let lines = SyncScreen.lines(picture, ScreenStyle(columns: columns, rows: rows))
            #expect(lines.allSatisfy { displayWidth($0) < columns }, "\(columns): \(lines)")
            #expect(lines.count < rows)
        }
    }

    @Test func theSlowestComeFirstAndTheDoneNotAtAll() {
        #expect(
            Self.picture.unfinished.map(\.name) == ["room_members", "messages", "files", "livechat_department_agents"])
        #expect(Self.picture.left == 240_000 && Self.picture.complete == 1 && Self.picture.failed == 1)
    }

    @Test func logsHaveItInALine() {
        #expect(
            MinuteLine.text(Self.picture)
                == "14:02:41, after 2 min: 1 of 6 streams complete, 1 failed, 1 450 rows, 625 KB, 0.2 MB/s, about 4 min to go;"
                + " room_members 162 rows, rate-limited until 14:03:11; messages 1 210 of 2 000 rows (60 %),"
                + " rate-limited until 14:03:05; files 13 of 26 rows (50 %); livechat_department_agents")
        var picture = Self.picture
        picture.streams.append(.init(name: "teams", phase: .waiting))
        #expect(MinuteLine.text(picture).hasSuffix("; livechat_department_agents; 1 more stream"))
        picture.outage = "the server has not answered for 3 min; trying again"
        #expect(MinuteLine.text(picture).contains("to go; the server has not answered for 3 min; trying again; room_m"))
    }
}
