import JSONBytes
import TestSupport
import Testing

@testable import RocketChatAPI
@testable import RocketChatSource

@Suite struct ConfigurationTests {
    private func configuration(_ members: String) throws -> Configuration {
        let base =
            #"{"endpoint":" https://chat.example.com/ ","token":"t0ken","user_id":"u"\#(members.isEmpty ? "" : ",")\#(members)}"#
        return try Configuration(try JSON(parsing: Array(base.utf8)))
    }

    @Test func takesTheThreeKeysOfTheOfficialConnectorAlone() throws {
        let made = try configuration("")
        #expect(made.server.description == "https://chat.example.com")
        #expect(made.credentials.token == "t0ken" && made.credentials.userID == "u")
        #expect(made.startDate == nil)
        #expect(made.rooms == RoomSelection(types: ["c", "p", "d"]))
        #expect(made.roomScan == .all)
        #expect(made.overlap == 120_000)
    }

    @Test func namesSettingsThatMeanNothing() throws {
        let made = try configuration(
            #""concurency":3,"__injected":1,"rooms":{"exclud":["a"],"include":[]},"room_type":null"#)
        #expect(made.unknownKeys == ["concurency", "room_type", "rooms.exclud"])
        #expect(try configuration(#""concurrency":3,"rooms":{"exclude":["a"]}"#).unknownKeys.isEmpty)
    }

    @Test(arguments: [
        (#""start_date":"2025-01-01""#, 1_735_689_600_000),
        (#""start_date":"2025-01-01T00:00:01Z""#, 1_735_689_601_000),
        (#""start_date":"2025-01-01T00:00:01.5Z""#, 1_735_689_601_500),
        (#""start_date":"2025-01-01T02:00:00+02:00""#, 1_735_689_600_000),
    ])
    func readsStartDates(members: String, expected: Int64) throws {
        #expect(try configuration(members).startDate == expected)
    }

    @Test(arguments: [
        #""start_date":"yesterday""#, #""room_types":["x"]"#, #""room_types":[1]"#, #""concurrency":0"#,
        #""concurrency":"many""#,
        #""rooms":[1]"#, #""room_scan":"some""#, #""overlap_seconds":-1"#, #""ca_certificate":5"#,
        #""request_timeout_seconds":1.5"#, #""omit_fields":["md"]"#, #""omit_fields":[1]"#,
    ])
    func refusesBadValuesAndNamesTheKey(members: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try configuration(members) }
        let key = String(members.dropFirst().prefix { $0 != "\"" })
        #expect(error?.message.contains(key) == true)
    }

    @Test(arguments: ["endpoint", "token", "user_id"])
    func saysWhichRequiredKeyIsMissing(key: String) throws {
        let all = ["endpoint", "token", "user_id"].filter { $0 != key }.map { #""\#($0)":"x""# }.joined(separator: ",")
        let document = try JSON(parsing: Array("{\(all)}".utf8))
        let error = #expect(throws: ConfigurationError.self) { try Configuration(document) }
        #expect(error?.message.contains("'\(key)'") == true)
    }

    @Test(arguments: [#""""#, "[]", #"[""]"#, #"[" ",""]"#, "null"])
    func whatAFormLeavesOfAClearedSettingIsNoSetting(value: String) throws {
        let keys = [
            "start_date", "room_types", "rooms", "room_scan", "full_scan_hours", "overlap_seconds", "concurrency",
            "ca_certificate", "request_timeout_seconds", "http_headers", "omit_fields",
        ].filter { value != #"[""]"# && value != #"[" ",""]"# || ["room_types", "rooms", "omit_fields"].contains($0) }
        let made = try configuration(keys.map { "\"\($0)\":\(value)" }.joined(separator: ","))
        let plain = try configuration("")
        #expect(made.startDate == nil && made.rooms == plain.rooms && made.roomScan == plain.roomScan)
        #expect(made.overlap == plain.overlap && made.concurrency == plain.concurrency)
        #expect(made.requestTimeout == plain.requestTimeout && made.caCertificate == nil)
        #expect(made.credentials.additional.fields.isEmpty)
    }

    @Test(arguments: [
        ("endpoint", "chat.example.com", "https://chat.example.com"), ("token", "a b", "token"),
        ("user_id", "ä", "user_id"), ("http_headers", "X-A: 1\nnonsense", "Line 2"),
    ])
    func refusesWhatCannotBeSentAndSaysWhy(key: String, value: String, reason: String) throws {
        var members = ["endpoint": "https://chat.example.com", "token": "t", "user_id": "u"]
        members[key] = value
        let document = JSON.sortedObject(members.mapValues { .string($0) })
        let error = #expect(throws: ConfigurationError.self) { try Configuration(document) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func aTokenThatWasPastedIntoTheAddressIsNotRepeated() async throws {
        let run = try await ConnectorRun.check(
            ScriptedTransport { _, _ throws(TransportError) in throw TransportError(.connect, "nobody is asked") },
            clock: VirtualClock(),
            configuration: #"{"endpoint":"hunter2-the-token","token":"hunter2-the-token","user_id":"u1"}"#)
        #expect(run.status == "FAILED")
        #expect(run.statusText.contains("endpoint") && !run.statusText.contains("hunter2"), "\(run.statusText)")
    }

    @Test func takesNullsForAbsentValues() throws {
        let made = try configuration(#""start_date":null,"rooms":null,"concurrency":null,"room_types":null"#)
        #expect(made.concurrency == 4)
    }
}

@Suite struct RoomSelectionTests {
    @Test(arguments: [
        ("general", "general", true), ("General", "gen*", true), ("team-a", "team-?", true),
        ("team-ab", "team-?", false),
        ("x", "*", true), ("", "*", true), ("", "?", false), ("abcabc", "*abc", true), ("abcabd", "*abc", false),
        ("a*b", "a*b", true), ("aXXbYYc", "a*b*c", true), ("ab", "a*b*c", false), ("größe", "GRÖ?E", true),
    ])
    func matchesNamePatterns(name: String, pattern: String, expected: Bool) {
        #expect(RoomSelection.matches(name, pattern) == expected)
    }

    @Test func anotherSelectionHasAnotherSignature() {
        let plain = RoomSelection(types: ["c", "p", "d"])
        #expect(plain.signature == RoomSelection(types: ["d", "c", "p"]).signature)
        let others = [
            RoomSelection(types: ["c"]), RoomSelection(types: ["c", "p", "d"], include: ["a"]),
            RoomSelection(types: ["c", "p", "d"], exclude: ["a"]),
            RoomSelection(types: ["c", "p", "d"], include: ["a", ""]),
        ]
        #expect(Set(others.map(\.signature) + [plain.signature]).count == 5)
    }

    @Test func leavesOutBeforeItTakesIn() {
        let selection = RoomSelection(types: ["c", "p"], include: ["team-*"], exclude: ["*-bots"])
        #expect(selection.admits(type: "c", names: ["team-a", "id1"]))
        #expect(!selection.admits(type: "c", names: ["team-bots", "id2"]))
        #expect(!selection.admits(type: "c", names: ["other"]))
        #expect(!selection.admits(type: "d", names: ["team-a"]))
    }

    @Test func alsoMatchesTheRoomsId() {
        #expect(RoomSelection(types: ["d"], include: ["aBc"]).admits(type: "d", names: ["aBc"]))
    }
}
