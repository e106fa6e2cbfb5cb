import Testing

@testable import RunnerKit

/// What a terminal is sent.
struct TerminalTests {
    @Test func aBlockIsDrawnWhereItStands() {
        var block = LiveBlock()
        #expect(block.erasing(columns: 80) == "" && block.text == "" && block.isEmpty)
        #expect(block.replace(["one", "two"], columns: 80) == "\u{1B}[?7lone\ntwo\u{1B}[?7h")
        #expect(block.replace(["one", "two"], columns: 80) == "")
        #expect(block.replace(["three"], columns: 80) == "\r\u{1B}[1A\u{1B}[J\u{1B}[?7lthree\u{1B}[?7h")
        #expect(block.erasing(columns: 80) == "\r\u{1B}[J")
        #expect(block.remove(columns: 80) == "\r\u{1B}[J" && block.isEmpty)
    }

    @Test func whatANarrowerScreenHasWrappedGoesToo() {
        var block = LiveBlock()
        let colour = Colour.green(String(repeating: "x", count: 70))
        _ = block.replace([colour, String(repeating: "y", count: 40)], columns: 80)
        // 70 and 40 characters in lines of 40: two and one.
        #expect(block.erasing(columns: 40) == "\r\u{1B}[2A\u{1B}[J")
    }

    @Test func theEnvironmentDecides() {
        #expect(ScreenStyle.canDraw(term: "xterm-256color"))
        #expect(!ScreenStyle.canDraw(term: "dumb") && !ScreenStyle.canDraw(term: nil) && !ScreenStyle.canDraw(term: ""))
        #expect(ScreenStyle.wantsColour(noColour: nil) && ScreenStyle.wantsColour(noColour: ""))
        #expect(!ScreenStyle.wantsColour(noColour: "1"))
        #expect(ScreenStyle.isUnicode(all: nil, type: nil, language: "de_DE.UTF-8"))
        #expect(ScreenStyle.isUnicode(all: "", type: "C.utf8", language: "C"))
        #expect(!ScreenStyle.isUnicode(all: "C", type: nil, language: "de_DE.UTF-8"))
        #expect(!ScreenStyle.isUnicode(all: nil, type: nil, language: nil))
    }

    @Test func textsAreMeasuredAsTerminalsDo() {
        #expect(displayWidth("abc") == 3 && displayWidth("会話") == 4 && displayWidth("e\u{301}") == 1)
        #expect(cut("livechat_rooms", to: 10) == "livechat.." && cut("short", to: 10) == "short")
        #expect(
            cut("会話の記録", to: 7) == "会話.." && padded("ab", to: 4) == "ab  " && padded("ab", to: 4, right: true) == "  ab"
        )
    }

    @Test func longLinesAreBrokenBetweenWords() {
        #expect(wrapped("forecast: about 2 min: t 9 rows", to: 16) == "forecast: about\n2 min: t 9 rows")
        #expect(wrapped("messages 12 394 rows", to: 11) == "messages\n12 394 rows")
        #expect(wrapped("a wwwwwwwwwwww b", to: 5) == "a\nwwwwwwwwwwww\nb")
    }

    @Test func numbersAreReadable() {
        #expect([0, 999, 1000, 1_234_567].map(Amount.count) == ["0", "999", "1 000", "1 234 567"])
        #expect([0, 310_400, 4_120_000, 1_250_000_000].map(Amount.size) == ["0 KB", "310 KB", "4.1 MB", "1.3 GB"])
        #expect([0, 12_400, 210_000, 15_000_000].map(Amount.speed) == ["0 KB/s", "12 KB/s", "0.2 MB/s", "15.0 MB/s"])
        #expect([400, 89_000, 90_000, 7_200_000].map(Amount.time) == ["0 s", "89 s", "2 min", "2 h"])
        #expect([9_000, 105_000, 7_389_000].map(Amount.watch) == ["0:09", "1:45", "2:03:09"])
        #expect(Amount.count(1, "row") == "1 row" && Amount.count(2000, "row") == "2 000 rows")
    }
}
