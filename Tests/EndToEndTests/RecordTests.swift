import RocketChatSandbox
import RocketChatSource
import Testing

/// Rules 14 to 16: what a RECORD holds.
@Suite(.timeLimit(.minutes(10))) struct RecordTests {
    @Test func rule14RecordsAreNeverEmptyAndOfConfiguredStreamsOnly() async throws {
        let whole = try await WholeRead.shared
        let streams = Set(whole.streams)
        for record in whole.read.payloads("RECORD", "record") {
            #expect(streams.contains(record["stream"]?.text ?? ""))
            #expect(record["namespace"] == nil)
            #expect(record["data"]?.members?.isEmpty == false)
            #expect(record["emitted_at"]?.isInteger == true)
        }
    }

    @Test func rule15NoKeyLeavesTwiceInOneRun() async throws {
        let whole = try await WholeRead.shared
        for stream in whole.discover.catalog {
            let name = try #require(stream["name"]?.text)
            let paths = try #require(stream["source_defined_primary_key"]?.elements).map { path in
                path.elements?.compactMap(\.text) ?? []
            }
            let keys = whole.read.records(of: name).map { record in paths.map { record[["data"] + $0] } }
            #expect(!keys.contains { key in key.contains { $0 == nil || $0 == .null } }, "\(name)")
            #expect(Set(keys.map { "\($0)" }).count == keys.count, "\(name)")
        }
    }

    @Test func rule16ValuesAreOfTheirDeclaredTypes() async throws {
        let whole = try await WholeRead.shared
        for stream in whole.discover.catalog {
            let name = try #require(stream["name"]?.text)
            let properties = try #require(stream[["json_schema", "properties"]])
            for record in whole.read.records(of: name) {
                for member in record["data"]?.members ?? [] {
                    guard let property = properties[member.name] else { continue }
                    #expect(Self.fits(member.value, property), "\(name).\(member.name): \(member.value)")
                }
            }
        }
    }

    /// Streams without any row would make the tests above say nothing about them.
    @Test func everyStreamOfTheLivelyWorkspaceHasRows() async throws {
        let whole = try await WholeRead.shared
        #expect(Set(whole.streams) == Set(Catalogue.all.map(\.name)))
        #expect(whole.streams.filter { whole.read.records(of: $0).isEmpty } == [])
    }

    private static func fits(_ value: JSON, _ property: JSON) -> Bool {
        let types = property["type"]?.elements?.compactMap(\.text) ?? []
        switch value {
        case .null: return types.contains("null")
        case .bool: return types.contains("boolean")
        case .number(let literal):
            return types.contains("number") || (types.contains("integer") && value.isInteger && Int64(literal) != nil)
        case .string(let text):
            guard types.contains("string") else { return false }
            guard property["format"]?.text == "date-time" else { return true }
            return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z/) != nil
        case .object: return types.contains("object")
        case .array(let elements):
            guard types.contains("array"), let items = property["items"] else { return false }
            return elements.allSatisfy { fits($0, items) }
        }
    }
}
