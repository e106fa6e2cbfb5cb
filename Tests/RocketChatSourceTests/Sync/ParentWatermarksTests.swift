import AirbyteProtocol
import RocketChatAPI
import Testing

@testable import JSONBytes
@testable import RocketChatSource

@Suite struct ParentWatermarksTests {
    private func roundTrip(_ state: ParentWatermarks) throws -> ParentWatermarks {
        try ParentWatermarks(try JSON(parsing: state.json.bytes))
    }

    @Test func comesBackAsItWas() throws {
        var state = ParentWatermarks()
        state.fullScan = 42
        state.rooms = [
            "a": Watermark(at: 1_795_165_200_000), "b": Watermark(at: 1_795_165_200_000),
            "c": Watermark(loading: 12, deleted: 1_795_165_200_000, asked: 1_795_165_200_000),
            "d": Watermark(at: 1_795_165_200_000, asked: 1_795_165_320_000, isFresh: true),
            "e": Watermark(at: 1_790_000_000_000, asked: 1_795_165_320_000),
        ]
        #expect(try roundTrip(state) == state)
    }

    @Test func aLoadByPagesComesBackAsItWas() throws {
        var state = ParentWatermarks()
        state.rooms["a"] = Watermark(loading: -1, deleted: 9, asked: 9)
        state.rooms["a"]?.paged = PagedLoad(rows: 12_300, youngest: 1_790_000_000_000)
        state.rooms["b"] = Watermark(loading: -1, deleted: 9, asked: 9)
        #expect(try roundTrip(state) == state)
    }

    /// The newest stamp of a workspace may be the first date there is, and the clock may be wrong.
    @Test func marksBeforeTheFirstDateAreReadAgain() throws {
        let first = Timestamp.range.lowerBound
        let lookback = Lookback(
            server: .init(floor: 1_795_165_200_000, ceiling: 1_795_165_200_999), now: 0, overlap: 86_400_000)
        let mark = lookback.mark(after: .min, basis: first, newest: first)
        for instant in [mark, mark - Trash.bulkRemoval, lookback.beginningOfLoads(basis: mark)] {
            #expect(try StoredState.instant(.integer(instant)) == instant)
        }
    }

    /// The number of rows that older versions wrote shows nothing of what has been removed since.
    @Test(arguments: ["7", "null", "[7]", #"[-7,5]"#, #"[7,"x"]"#])
    func aLoadByPagesWithoutItsAgeBeginsAnew(paging: String) throws {
        let text = #"{"version":1,"rooms":[{"at":9,"ids":[],"loading":{"a":-1},"paging":{"a":\#(paging)}}]}"#
        #expect(
            try ParentWatermarks(try JSON(parsing: Array(text.utf8))).rooms
                == ["a": Watermark(loading: -1, deleted: 9, asked: 9)])
    }

    @Test func tracesAndTheScanComeBackAsTheyWere() throws {
        var state = ParentWatermarks()
        let at: Int64 = 1_795_165_200_000
        for (number, id) in ["b", "a", "c", "d", "e"].enumerated() {
            var watermark = Watermark(at: at, asked: at + 5, isFresh: number > 2)
            watermark.trace = number == 1 ? nil : RoomTrace(UInt32.max / UInt32(number + 1), isSettled: number % 2 == 0)
            state.rooms[id] = watermark
        }
        state.rooms["f"] = Watermark(loading: 4, deleted: at, asked: at + 5)
        var scan = ScanMemory()
        scan.listed = at
        scan.ended = at + 7
        scan.selection = RoomSelection(types: ["c"], include: ["a*"]).signature
        scan.unlisted = ["x", "y"]
        state.scan = scan
        #expect(try roundTrip(state) == state)
        state.scan = ScanMemory()
        #expect(try roundTrip(state) == state)
    }

    @Test func tracesCostFiveBytesARoom() {
        var state = ParentWatermarks()
        for index in 0..<10_000 {
            var watermark = Watermark(at: 1_795_165_200_000, asked: Int64(index % 23))
            watermark.trace = RoomTrace(UInt32(index), isSettled: true)
            state.rooms["Kq3vRz8hT2mW" + String(index + 10_000)] = watermark
        }
        #expect(state.json.bytes.count < 265_000)
    }

    @Test(arguments: ["AAAA", "AAAAAAAAAA", "AAAA*"])
    func tracesThatDoNotFitAreForgotten(seen: String) throws {
        let text = #"{"version":1,"rooms":[{"at":5,"ids":["x"],"seen":"\#(seen)"}]}"#
        #expect(try ParentWatermarks(try JSON(parsing: Array(text.utf8))).rooms == ["x": Watermark(at: 5)])
    }

    @Test func tenThousandRoomsStayFarBelowTheBound() {
        var shared = ParentWatermarks()
        var loading = ParentWatermarks()
        var scattered = ParentWatermarks()
        for index in 0..<10_000 {
            let id = "Kq3vRz8hT2mW" + String(index + 10_000)
            let instant = 1_700_000_000_000 + Int64(index)
            shared.rooms[id] = Watermark(at: 1_795_165_200_000)
            loading.rooms[id] = Watermark(loading: instant, deleted: 1_795_165_200_000, asked: 0)
            scattered.rooms[id] = Watermark(at: instant)
        }
        #expect(shared.json.bytes.count < 210_000)
        #expect(loading.json.bytes.count < 600_000)
        #expect(scattered.json.bytes.count < 600_000)
    }

    @Test(arguments: ["null", "{}", #"{"__ab_no_cursor_state_message":true}"#, #"{"something":1}"#])
    func startsFromTheBeginningWithoutAStateOfItsOwn(text: String) throws {
        #expect(try ParentWatermarks(try JSON(parsing: Array(text.utf8))) == ParentWatermarks())
    }

    @Test func ignoresWhatItDoesNotKnowAndTakesTheLastOfRepeatedKeys() throws {
        let text = #"{"version":9,"version":1,"extra":{"a":[]},"rooms":[{"at":5,"ids":["x"],"more":null}]}"#
        #expect(try ParentWatermarks(try JSON(parsing: Array(text.utf8))).rooms == ["x": Watermark(at: 5)])
    }

    @Test func refusesAStateOfANewerVersionWithASentence() throws {
        let stored = try JSON(parsing: Array(#"{"version":2,"rooms":[]}"#.utf8))
        let error = #expect(throws: StateError.self) { try ParentWatermarks(stored) }
        #expect(error == .newer(2))
        #expect(error?.message(stream: "messages").contains("version 2") == true)
    }

    @Test(arguments: ["[]", "7", #"{"version":1,"rooms":[{"ids":["x"]}]}"#])
    func refusesWhatIsNoState(text: String) throws {
        let stored = try JSON(parsing: Array(text.utf8))
        #expect(throws: StateError.malformed) { try ParentWatermarks(stored) }
    }
}
