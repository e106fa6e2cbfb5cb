import AirbyteProtocol
import JSONBytes
import Testing

@testable import RocketChatSource

@Suite struct DefinitionTests {
    @Test func everyStreamHasItsOwnName() {
        #expect(Set(Catalogue.all.map(\.name)).count == Catalogue.all.count)
        #expect(Catalogue.official.isSubset(of: Set(Catalogue.all.map(\.name))))
    }

    @Test(arguments: Catalogue.all)
    func declaresKeyCursorAndEachFieldOnce(stream: StreamDefinition) throws {
        let names = stream.fields.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(stream.primaryKey).isSubset(of: names))
        #expect(!stream.primaryKey.isEmpty)
        if let cursor = stream.cursor {
            #expect(stream.fields.contains { $0.name == cursor && $0.type == .timestamp })
        }
        if case .partitioned(let partition) = stream.reading {
            #expect(Set(partition.addedFields).isSubset(of: names))
        }
    }

    @Test(arguments: Catalogue.all)
    func namesOfFieldsStayApartWhenCaseAndSignsAreLost(stream: StreamDefinition) {
        let normalized = stream.fields.map { field in
            String(field.name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
        }
        #expect(Set(normalized).count == normalized.count)
    }

    @Test(arguments: Catalogue.all)
    func keepsItsSecretsOutOfTheSchema(stream: StreamDefinition) {
        let dropped = Set(stream.dropped.filter { !$0.contains(".") })
        #expect(dropped.isDisjoint(with: stream.fields.map(\.name)))
    }

    @Test(arguments: Catalogue.all)
    func hasASchemaByTheConventionsOfAirbyte(stream: StreamDefinition) throws {
        let schema = try stream.parsedSchema
        #expect(schema["$schema"]?.string == "http://json-schema.org/draft-07/schema#")
        #expect(schema["type"]?.string == "object")
        #expect(schema["additionalProperties"]?.boolean == true)
        let properties = try #require(schema["properties"]?.dictionary)
        for (name, property) in properties {
            let types = property["type"]?.array?.compactMap(\.string) ?? []
            #expect(types.count == 2 && types.first == "null", "\(name)")
            if types.last == "array" { #expect(property["items"] != nil, "\(name)") }
            if types.last == "object" { #expect(property["additionalProperties"]?.boolean == true, "\(name)") }
        }
        #expect(stream.description.isResumable == stream.description.supportsIncremental)
    }

    @Test(arguments: Catalogue.all)
    func itsFixtureShowsNoFieldThatIsNotDeclared(stream: StreamDefinition) throws {
        let hidden = stream.dropped.filter { !$0.contains(".") } + ["success"]
        let known = Set(stream.fields.map(\.name) + hidden)
        for row in try Fixture(of: stream).rows {
            let names = Set(row.dictionary?.keys ?? [:].keys)
            #expect(names.subtracting(known).isEmpty)
        }
    }
}
