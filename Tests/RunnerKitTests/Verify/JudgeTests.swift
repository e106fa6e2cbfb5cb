import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// SPECs, CATALOGs, and several reads together.
struct JudgeTests {
    private func broken(spec text: String) throws -> Set<Rule> {
        Set(SpecJudge.judge(try JSON(parsing: text)).breaches.keys)
    }

    private func broken(property text: String) throws -> Set<Rule> {
        try broken(spec: #"{"connectionSpecification":{"type":"object","properties":{\#(text)}}}"#)
    }

    @Test func specificationsAreJudged() throws {
        #expect(try broken(property: #""token":{"type":"string","airbyte_secret":true}"#) == [])
        #expect(try broken(spec: "{}") == [.specHasSchema])
        #expect(try broken(spec: #"{"connectionSpecification":{"properties":{}}}"#) == [.specHasSchema])
        #expect(try broken(property: #""a":{"type":"text"}"#) == [.specSchemaIsValid])
        for name in ["token", "password", "api_key", "clientSecret", "access_token", "db_password"] {
            #expect(try broken(property: #""\#(name)":{"type":"string"}"#) == [.specMarksSecrets], "\(name)")
        }
        for name in ["token_url", "page_token_field", "password_length", "key", "user"] {
            #expect(try broken(property: #""\#(name)":{"type":"string"}"#) == [], "\(name)")
        }
        #expect(try broken(property: #""token":{"type":"boolean"}"#) == [])
        #expect(try broken(property: #""a":{"type":"integer","default":"x"}"#) == [.specDefaultsFit])
        #expect(try broken(property: #""a":{"anyOf":[{"type":"string"}]}"#) == [.specIsPlain])
        #expect(try broken(property: #""a":{"type":"object","additionalProperties":false}"#) == [.specIsOpen])
        #expect(try broken(property: #""a":{"enum":[1,2,1.0]}"#) == [.specValuesAreDistinct])
        #expect(try broken(property: #""a":{"order":1},"b":{"order":1}"#) == [.specOrderIsClear])
        #expect(try broken(property: #""a":{"order":1},"b":{"order":1,"group":"g"}"#) == [])
        let choices = #"{"type":"object","properties":{"k":{"const":"\#("%")"}}}"#
        let (one, two) = (choices.replacing("%", with: "1"), choices.replacing("%", with: "2"))
        #expect(try broken(property: #""a":{"type":"object","oneOf":[\#(one),\#(two)]}"#) == [])
        #expect(try broken(property: #""a":{"type":"object","oneOf":[\#(one),\#(one)]}"#) == [.specChoicesAreTold])
        let required = #"{"connectionSpecification":{"type":"object","required":["a"],"properties":{}}}"#
        #expect(try broken(spec: required) == [.specDeclaresRequired])
        let address = #"{"documentationUrl":"docs.md","connectionSpecification":{"type":"object"}}"#
        #expect(try broken(spec: address) == [.specURLsAreAbsolute])
        #expect(
            try broken(spec: #"{"supportsIncremental":"yes","connectionSpecification":{"type":"object"}}"#)
                == [.specPartsHaveTypes])
    }

    private func broken(streams text: String) throws -> Set<Rule> {
        Set(CatalogJudge.judge(try JSON(parsing: #"{"streams":[\#(text)]}"#)).breaches.keys)
    }

    /// A stream with these properties and further members.
    private func broken(_ properties: String, _ more: String = "") throws -> Set<Rule> {
        try broken(
            streams:
                #"{"name":"t","supported_sync_modes":["full_refresh"],"json_schema":{"type":"object","properties":{\#(properties)}}\#(more)}"#
        )
    }

    @Test func catalogsAreJudged() throws {
        let id = #""id":{"type":["null","string"]}"#
        #expect(try broken(streams: "") == [.discoverHasStreams])
        #expect(try broken(id, #","source_defined_primary_key":[["id"]],"default_cursor_field":["id"]"#) == [])
        #expect(try broken(id, #","source_defined_primary_key":[["uid"]]"#) == [.discoverKeysAreDeclared])
        #expect(try broken(id, #","source_defined_primary_key":["id"]"#) == [.discoverStreamIsWhole])
        #expect(try broken(id, #","default_cursor_field":["at"]"#) == [.discoverCursorIsDeclared])
        #expect(try broken(id, #","is_resumable":"yes""#) == [.discoverStreamIsWhole])
        #expect(
            try broken(#""id":{"type":"object"}"#, #","source_defined_primary_key":[["id"]]"#) == [
                .discoverKeysAreScalar
            ])
        #expect(
            try broken(
                #""a":{"type":"object","properties":{"b":{"type":"string"}}}"#,
                #","source_defined_primary_key":[["a","b"]]"#) == [.discoverKeysAreOnTop])
        for type in ["array", "object", "boolean"] {
            let field = #""a":{"type":"\#(type)","items":{"type":"string"}}"#
            #expect(try broken(field, #","default_cursor_field":["a"]"#) == [.discoverCursorIsOrdered], "\(type)")
        }
        #expect(try broken(#""a":{"type":"text"}"#) == [.discoverSchemaIsValid])
        #expect(try broken(#""a":{}"#) == [.discoverTypesAreTold])
        #expect(try broken(#""a":{"type":["string","integer"]}"#) == [.discoverTypesAreSingle])
        #expect(try broken(#""a":{"type":"array"}"#) == [.discoverListsHaveItems])
        #expect(try broken(#""aB":{"type":"string"},"ab":{"type":"string"}"#) == [.discoverNamesSurvive])
        #expect(try broken(#""a":{"type":"string","airbyte_type":"day"}"#) == [.discoverAirbyteTypesAreKnown])
        #expect(try broken(#""a":{"type":"object","additionalProperties":false}"#) == [.discoverSchemaIsOpen])
        let stream = { (name: String, modes: String, schema: String) in
            #"{"name":"\#(name)","supported_sync_modes":\#(modes),"json_schema":\#(schema)}"#
        }
        let (modes, schema) = (#"["full_refresh"]"#, #"{"type":"object","properties":{}}"#)
        #expect(try broken(streams: stream("", modes, schema)) == [.discoverStreamIsWhole])
        #expect(try broken(streams: stream("t", "[]", schema)) == [.discoverModesAreKnown])
        #expect(try broken(streams: stream("t", #"["cdc"]"#, schema)) == [.discoverModesAreKnown])
        #expect(try broken(streams: stream("t", modes, "[]")) == [.discoverStreamIsWhole])
        #expect(try broken(streams: stream("t", modes, #"{"type":"object"}"#)) == [.discoverSchemaIsObject])
        #expect(try broken(streams: stream("t", modes, #"{"properties":{}}"#)) == [.discoverSchemaIsObject])
        #expect(
            try broken(streams: stream("t", modes, schema) + "," + stream("t", modes, schema)) == [
                .discoverNamesAreUnique
            ])
    }

    /// Whether a stream with these further members is read incrementally, and by which cursor.
    private func reading(_ more: String) throws -> (isIncremental: Bool, cursor: [String]) {
        let text = #"{"name":"t","json_schema":{"type":"object","properties":{"id":{},"at":{}}},\#(more)}"#
        let stream = try #require(VerifiedStream(try JSON(parsing: text)))
        return (StreamRequest(stream, incremental: true).isIncremental, stream.cursor)
    }

    @Test func aCursorThatTheUserHasToChooseIsTheKey() throws {
        let modes = #""supported_sync_modes":["full_refresh","incremental"]"#
        let key = #","source_defined_primary_key":[["id"]]"#
        #expect(try reading(modes + key) == (true, ["id"]))
        #expect(try reading(modes + key + #","default_cursor_field":["at"]"#) == (true, ["at"]))
        #expect(try reading(modes + key + #","source_defined_cursor":true"#) == (true, []))
        #expect(try reading(modes) == (false, []))
        #expect(try reading(#""supported_sync_modes":["incremental"]"#) == (true, []))
    }

    /// A log of records with these keys, each after so many STATEs.
    private func log(_ keys: [UInt64: UInt32]) -> RecordLog {
        var log = RecordLog()
        for (key, states) in keys { _ = log.note(key, RecordLog.Trace(states: states, content: 0)) }
        return log
    }

    @Test func aRecordIsLostWhenItComesNeitherBeforeTheStateNorAfter() {
        let first = log([1: 0, 2: 0, 3: 1, 4: 1])
        #expect(first.missing(from: log([3: 0, 4: 0]), and: first, before: 1) == 0)
        #expect(first.missing(from: log([4: 0]), and: first, before: 1) == 1)
        #expect(first.missing(from: log([1: 0, 2: 0, 3: 0, 4: 0]), and: first, before: 0) == 0)
        #expect(first.missing(from: log([2: 0]), and: nil) == 3)
    }

    @Test func samplesAreSpreadAndFew() {
        var samples = StateSamples()
        for number in 1...1000 { samples.add(.integer(Int64(number)), number: UInt32(number)) }
        #expect(samples.last?.number == 1000)
        #expect(samples.chosen.count == 5)
        #expect(samples.chosen.map(\.number) == samples.chosen.map(\.number).sorted())
        #expect(samples.chosen[0].number < 200 && samples.chosen[4].number > 800)
        var few = StateSamples()
        for number in 1...3 { few.add(.null, number: UInt32(number)) }
        #expect(few.chosen.map(\.number) == [1, 2])
    }
}
