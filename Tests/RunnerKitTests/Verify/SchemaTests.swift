import JSONBytes
import Testing

@testable import RunnerKit

/// Values by schemas, and schemas by what a schema is.
struct SchemaTests {
    private func kinds(_ value: String, _ schema: String) throws -> [SchemaFault.Kind] {
        SchemaJudge.faults(of: try JSON(parsing: value), by: .reading(try JSON(parsing: schema))).map(\.kind)
    }

    @Test(arguments: [
        ("1", "integer"), ("1.5", "number"), ("1", "number"), ("true", "boolean"), (#""a""#, "string"),
        ("null", "null"),
        ("[]", "array"), ("{}", "object"),
    ])
    func aValueOfItsTypeFits(value: String, type: String) throws {
        #expect(try kinds(value, #"{"type":"\#(type)"}"#).isEmpty)
        #expect(try kinds(value, #"{"type":["null","\#(type)"]}"#).isEmpty)
    }

    @Test(arguments: [
        (#""1""#, "integer"), ("1.5", "integer"), ("true", "integer"), (#""true""#, "boolean"), ("1", "boolean"),
        ("1", "string"), ("null", "string"), ("{}", "array"), ("[]", "object"), (#""1""#, "number"),
    ])
    func aValueOfAnotherTypeDoesNot(value: String, type: String) throws {
        #expect(try kinds(value, #"{"type":"\#(type)"}"#) == [.misfit])
    }

    @Test func integersHaveTheirOwnFaults() throws {
        #expect(try kinds("1.0", #"{"type":"integer"}"#) == [.fraction])
        #expect(try kinds("1e3", #"{"type":"integer"}"#) == [.fraction])
        #expect(try kinds("123456789012345678901", #"{"type":"integer"}"#) == [.width])
        #expect(try kinds("123456789012345678901", #"{"type":"number"}"#).isEmpty)
    }

    @Test func numbersBeyondADoubleAreTold() throws {
        #expect(try kinds("1e400", #"{"type":"number"}"#) == [.overflow])
        #expect(try kinds("1e300", #"{"type":"number"}"#).isEmpty)
    }

    @Test func anAirbyteTypeMakesANumberAnInteger() throws {
        let schema = #"{"type":["null","number"],"airbyte_type":"integer"}"#
        #expect(try kinds("1.5", schema) == [.misfit])
        #expect(try kinds("1", schema).isEmpty)
    }

    @Test(arguments: [
        ("", true), ("YQ==", true), ("YWI=", true), ("YWJj", true), ("a b=", false), ("YQ=", false), ("=YWJ", false),
    ])
    func bytesAreBase64(text: String, fits: Bool) throws {
        for schema in [#"{"type":"string","contentEncoding":"base64"}"#, #"{"type":"string","airbyte_type":"binary"}"#]
        {
            #expect(try kinds("\"\(text)\"", schema).isEmpty == fits)
        }
    }

    @Test func patternsAreLookedFor() throws {
        #expect(try kinds(#""a1""#, #"{"pattern":"^[a-z][0-9]$"}"#).isEmpty)
        #expect(try kinds(#""xa1""#, #"{"pattern":"^[a-z][0-9]$"}"#) == [.misfit])
        #expect(try kinds(#""xa1""#, #"{"pattern":"[0-9]"}"#).isEmpty)
        // No pattern, so nobody knows what it would find.
        #expect(try kinds(#""xa1""#, #"{"pattern":"("}"#).isEmpty)
    }

    @Test func aWordThatIsNoTypeLeavesTheTypeOpen() throws {
        #expect(try kinds(#""a""#, #"{"type":["null","text"]}"#).isEmpty)
    }

    @Test(arguments: [
        ("date-time", "2026-03-01T10:20:30Z"), ("date-time", "2026-03-01T10:20:30.123456789Z"), ("date", "2024-02-29"),
        ("time", "10:20:30"), ("time", "10:20:30.5Z"),
    ])
    func datesOfTheirFormFit(format: String, text: String) throws {
        #expect(try kinds("\"\(text)\"", #"{"type":"string","format":"\#(format)"}"#).isEmpty)
    }

    @Test(arguments: [
        ("date-time", "2026-03-01"), ("date-time", "2026-03-01T10:20:30"), ("date-time", "2026-03-01 10:20:30Z"),
        ("date-time", "2026-02-29T10:20:30Z"), ("date-time", "2026-03-01T24:00:00Z"), ("date-time", ""),
        ("date-time", "1767225600"), ("date-time", "2026-03-01T10:20:30.Z"), ("date-time", "2026-03-01T10:20Z"),
        ("date", "2026-3-1"), ("date", "01.03.2026"), ("date", "2026-03-01T00:00:00Z"), ("date", "2026-13-01"),
    ])
    func datesOfAnotherFormDoNot(format: String, text: String) throws {
        #expect(try kinds("\"\(text)\"", #"{"type":"string","format":"\#(format)"}"#) == [.date])
    }

    @Test func airbyteTypesDecideOnTheZone() throws {
        let without = #"{"type":"string","format":"date-time","airbyte_type":"timestamp_without_timezone"}"#
        let with = #"{"type":"string","format":"date-time","airbyte_type":"timestamp_with_timezone"}"#
        #expect(try kinds(#""2026-03-01T10:20:30""#, without).isEmpty)
        #expect(try kinds(#""2026-03-01T10:20:30""#, with) == [.date])
        #expect(try kinds(#""2026-03-01T10:20:30+02:00""#, with) == [.zone])
        #expect(try kinds(#""2026-03-01T10:20:30+00:00""#, with).isEmpty)
    }

    @Test func nestedValuesAreJudgedWithTheirPlace() throws {
        let schema = try JSON(
            parsing: #"""
                {"type":"object","required":["id"],"properties":{"id":{"type":"integer"},
                "list":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}}}}}}
                """#)
        let value = try JSON(parsing: #"{"list":[{"n":1},{"n":"2"}],"other":true}"#)
        #expect(
            SchemaJudge.faults(of: value, by: .reading(schema)).map(\.description) == [
                "the required member `id` is missing", "list.1.n: a text where integer is declared",
            ])
    }

    @Test func choicesConstantsAndReferences() throws {
        let either = #"{"oneOf":[{"type":"integer"},{"type":"string"}]}"#
        #expect(try kinds("1", either).isEmpty)
        #expect(try kinds("true", either) == [.misfit])
        #expect(try kinds("1", #"{"anyOf":[{"type":"boolean"}]}"#) == [.misfit])
        #expect(try kinds("1", #"{"allOf":[{"type":"integer"},{"minimum":2}]}"#) == [.misfit])
        #expect(try kinds("2.0", #"{"enum":[1,2]}"#).isEmpty)
        #expect(try kinds("3", #"{"enum":[1,2]}"#) == [.misfit])
        #expect(try kinds("null", #"{"const":null}"#).isEmpty)
        #expect(try kinds("1", #"{"const":null}"#) == [.misfit])
        #expect(try kinds(#"{"x":1}"#, #"{"additionalProperties":false}"#) == [.misfit])
        #expect(try kinds(#"{"x":1}"#, #"{"additionalProperties":{"type":"string"}}"#) == [.misfit])
        let tree =
            ##"{"$ref":"#/definitions/t","definitions":{"t":{"type":"object","properties":{"t":{"$ref":"#/definitions/t"}}}}}"##
        #expect(try kinds(#"{"t":{"t":{}}}"#, tree).isEmpty)
        #expect(try kinds(#"{"t":{"t":1}}"#, tree) == [.misfit])
    }

    @Test(arguments: [
        (#"{"type":"int"}"#, "type: `int` is no type of JSON"), (#"{"type":[]}"#, "type: is an empty list"),
        (#"{"properties":{"a":{"type":5}}}"#, "a.type: has to be a text or a list of texts"),
        (#"{"properties":{"a":{"required":true}}}"#, "a.required: has to be a list of names"),
        (#"{"properties":[]}"#, "properties: has to be an object"),
        (#"{"enum":[]}"#, "enum: has to be a list of values"),
        (#"{"items":5}"#, "items: a number is no schema"), (##"{"$ref":"#/definitions/x"}"##, "$ref: leads to nothing"),
        (#"{"anyOf":{}}"#, "anyOf: has to be a list of schemas"),
        (#"{"minLength":-1}"#, "minLength: has to be a number from 0"),
        (#"{"format":5}"#, "format: has to be a text"),
    ])
    func whatIsNoSchemaIsTold(schema: String, fault: String) throws {
        #expect(SchemaShape.faults(of: try JSON(parsing: schema)) == [fault])
    }

    @Test func aFieldMayBeCalledAsAKeyword() throws {
        let schema = #"{"type":"object","properties":{"type":{"type":"string"},"required":{"type":"boolean"}}}"#
        #expect(SchemaShape.faults(of: try JSON(parsing: schema)).isEmpty)
    }
}
