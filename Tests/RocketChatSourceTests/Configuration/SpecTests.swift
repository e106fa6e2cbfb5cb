import AirbyteProtocol
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// What spec.json lets through, which platforms check before they ask the connector.
@Suite struct SpecTests {
    private func property(_ name: String) throws -> JSON {
        let folder = "\(#filePath)".split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
        let spec = try JSON(parsing: try TextFile.read("\(folder)/spec.json"))
        return try #require(spec.at(["connectionSpecification", "properties", name]))
    }

    @Test(arguments: [
        ("", true), ("2025-01-01", true), (" 2025-01-01 ", true), ("2025-01-01T00:00:00Z", true),
        ("2025-01-01T12:30:00+02:00", true), ("2025-01-01T12:30:00.123456-03:30", true), ("2025-01-01 00:00:00z", true),
        ("2025", false), ("2025-1-1", false), ("2025-01-01T00:00", false), ("2025-01-01T00:00:00", false),
        ("yesterday", false),
    ])
    func startDatesAsTheConnectorReadsThem(text: String, isAccepted: Bool) throws {
        let pattern = try Regex(try #require(try property("start_date")["pattern"]?.string))
        #expect(text.contains(pattern) == isAccepted)
        let reader = ConfigurationReader(members: ["start_date": .string(text)])
        if isAccepted {
            _ = try reader.instant("start_date")
        } else {
            #expect(throws: ConfigurationError.self) { try reader.instant("start_date") }
        }
    }

    @Test func clearedFieldsOfAForm() throws {
        #expect(try property("room_scan")["enum"]?.array?.contains(.string("")) == true)
        #expect(try property("room_types").at(["items", "enum"])?.array?.contains(.string("")) == true)
        #expect(try property("room_types")["minItems"] == nil)
    }
}
