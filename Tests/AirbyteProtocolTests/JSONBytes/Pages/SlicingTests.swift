import AirbyteProtocol
import Testing

@testable import JSONBytes

struct SlicingTests {
    private let shape = RecordShape(types: [:], probing: ["_id", "user._id"])

    private func scan(_ text: String, lists: [[String]], scalars: [[String]] = []) throws -> ScannedPage {
        try PageScanner(layout: PageLayout(lists: lists, scalars: scalars), shapes: lists.map { _ in shape })
            .scan(Array(text.utf8))
    }

    private func ids(_ page: ScannedPage, list: Int = 0) -> [String?] {
        (0..<page.count(list: list)).map { page.probe(0, record: $0, list: list).flatMap(page.string) }
    }

    @Test("Records are found by their path, never by the name of a key")
    func findsByPath() throws {
        let text = #"""
            {"x":{"messages":[{"_id":"no"}]},"messages":[{"_id":"1","messages":[{"_id":"no"}]},{"messages":{"_id":"no"},"_id":"2"}],
            "y":[{"messages":[{"_id":"no"}]}],"text":"\"messages\":[{\"_id\":\"no\"}]"}
            """#
        #expect(ids(try scan(text, lists: [["messages"]])) == ["1", "2"])
    }

    @Test("Two lists below one key are told apart, in whichever order they come")
    func findsTwoLists() throws {
        for text in [
            #"{"result":{"updated":[{"_id":"1"},{"_id":"2"}],"deleted":[{"_id":"3"}]},"success":true}"#,
            #"{"success":true,"result":{"deleted":[{"_id":"3"}],"more":[],"updated":[{"_id":"1"},{"_id":"2"}]}}"#,
        ] {
            let page = try scan(text, lists: [["result", "updated"], ["result", "deleted"]], scalars: [["success"]])
            #expect(ids(page, list: 0) == ["1", "2"])
            #expect(ids(page, list: 1) == ["3"])
            #expect(page.scalar(0).flatMap(page.boolean) == true)
        }
    }

    @Test("A list with an empty path is the root: an array, or one object")
    func findsRoot() throws {
        #expect(ids(try scan(#"[{"_id":"1"},{"_id":"2"}]"#, lists: [[]])) == ["1", "2"])
        #expect(ids(try scan(#" {"_id":"1"} "#, lists: [[]])) == ["1"])
    }

    @Test("A root that is one record can be an envelope too")
    func findsRootAndScalars() throws {
        let page = try scan(
            #"{"_id":"1","success":true,"list":[{"_id":"2"}],"cursor":{"next":"abc"}}"#, lists: [[], ["list"]],
            scalars: [["success"], ["cursor", "next"], ["cursor"]])
        #expect(ids(page, list: 0) == ["1"])
        #expect(ids(page, list: 1) == ["2"])
        #expect(page.scalar(0).flatMap(page.boolean) == true)
        #expect(page.scalar(1).flatMap(page.string) == "abc")
        #expect(page.scalar(2)?.kind == .object)
    }

    @Test("An object at a list's path is one record")
    func takesObjectAsRecord() throws {
        let page = try scan(#"{"user":{"_id":"1"}}"#, lists: [["user"]])
        #expect(page.isPresent(list: 0))
        #expect(ids(page) == ["1"])
    }

    @Test(
        "A list that is missing, null or a scalar is absent, an empty one is not",
        arguments: [
            ("{}", false), (#"{"list":null}"#, false), (#"{"list":"text"}"#, false), (#"{"list":3}"#, false),
            ("[]", false), ("7", false),
            (#"{"list":[]}"#, true), (#"{"list": [ ] }"#, true),
        ])
    func tellsAbsence(text: String, isPresent: Bool) throws {
        let page = try scan(text, lists: [["list"]], scalars: [["total"]])
        #expect(page.isPresent(list: 0) == isPresent)
        #expect(page.count(list: 0) == 0)
        #expect(page.scalar(0) == nil)
    }

    @Test("Elements that are no object, or an empty one, are counted but are no records")
    func tellsUnusableElements() throws {
        let page = try scan(
            #"{"list":[1,{"_id":"1"},null,"x",[{"_id":"2"}],{},{ },true,{"_id":"3"}]}"#, lists: [["list"]])
        #expect(page.count(list: 0) == 9)
        let usable = (0..<9).map { page.isRecord(record: $0, list: 0) }
        #expect(usable == [false, true, false, false, false, false, false, false, true])
        #expect(String(decoding: try recordBytes(page), as: UTF8.self).split(separator: "\n").count == 2)
    }

    @Test("Of repeated envelope keys the last one counts")
    func lastEnvelopeKeyWins() throws {
        let page = try scan(
            #"{"r":{"list":[{"_id":"1"}],"n":1},"r":{"list":[{"_id":"2"},{"_id":"3"}],"list":[{"_id":"4"}]},"t":1,"t":2}"#,
            lists: [["r", "list"]], scalars: [["r", "n"], ["t"]])
        #expect(ids(page) == ["4"])
        #expect(page.scalar(0) == nil)
        #expect(page.scalar(1).flatMap(page.integer) == 2)
        #expect(!(try scan(#"{"list":[{"_id":"1"}],"list":null}"#, lists: [["list"]])).isPresent(list: 0))
    }

    @Test("Keys written with escapes are the same keys")
    func unescapesKeys() throws {
        let page = try scan(
            #"{"l\u0069st":[{"\u005fid":"1","us\u0065r":{"_\u0069d":"u"}}],"\u0074":5}"#, lists: [["list"]],
            scalars: [["t"]])
        #expect(ids(page) == ["1"])
        #expect(page.probe(1, record: 0, list: 0).flatMap(page.string) == "u")
        #expect(page.scalar(0).flatMap(page.integer) == 5)
    }

    @Test("Probes find fields whatever the order of keys, and tell absence")
    func probes() throws {
        let page = try scan(
            #"[{"a":1,"_id":"1","user":{"_id":"u1","x":[]}},{"user":{"name":"n"},"_id":"2"},{"user":null},{"user":[{"_id":"u"}],"_id":7},"#
                + #"{"_id":"x","_id":"5","user":{"_id":1,"_id":"u5"}}]"#, lists: [[]])
        #expect(ids(page) == ["1", "2", nil, nil, "5"])
        let users = (0..<5).map { page.probe(1, record: $0, list: 0).flatMap(page.string) }
        #expect(users == ["u1", nil, nil, nil, "u5"])
        #expect(page.probe(0, record: 2, list: 0) == nil)
        #expect(page.probe(0, record: 3, list: 0)?.kind == .integer)
    }

    @Test("A path listed twice is found twice")
    func allowsRepeatedPaths() throws {
        let shape = RecordShape(types: [:], probing: ["_id", "_id"])
        let page = try PageScanner(layout: PageLayout(lists: [[]], scalars: [["n"], ["n"]]), shapes: [shape])
            .scan(Array(#"{"_id":"1","n":3}"#.utf8))
        #expect(page.probe(1, record: 0, list: 0) == page.probe(0, record: 0, list: 0))
        #expect(page.scalar(1) == page.scalar(0))
        #expect(page.scalar(1) != nil)
    }

    @Test("Key order may change from record to record, with keys longer than a machine word or two")
    func survivesChangingKeyOrder() throws {
        let names = [
            "_id", "a", "abcdefgh", "exactly13byte", "exactly14bytes", "a key of more than sixteen bytes",
            "a key of more than sixteen bytez",
        ]
        let shape = RecordShape(types: [:], probing: names.map { FieldPath($0) })
        var random = SeededRandom(seed: 3)
        let orders = (0..<200).map { _ in names.shuffled(using: &random).prefix(Int.random(in: 1...7, using: &random)) }
        let records = orders.map { order in "{" + order.map { "\"\($0)\":\"\($0)!\"" }.joined(separator: ",") + "}" }
        let page = try scanRoot("[" + records.joined(separator: ",") + "]", shape)
        for (index, order) in orders.enumerated() {
            for (probe, name) in names.enumerated() {
                let text = page.probe(probe, record: index, list: 0).flatMap(page.string)
                #expect(text == (order.contains(name) ? name + "!" : nil))
            }
        }
    }
}
