import Testing

/// One version, wherever it is written.
@Suite(.timeLimit(.minutes(10))) struct VersionTests {
    private func version() async throws -> String {
        let result = await (try Child([Products.connector, "--version"])).result()
        return String(decoding: result.output.dropLast(), as: UTF8.self)
    }

    @Test func theProgramSaysAVersionOfThreeNumbers() async throws {
        #expect(try await version().wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    }

    @Test func theMetadataNamesTheVersionAsImageTag() async throws {
        let metadata = try Products.text("metadata.yaml")
        #expect(metadata.contains("\n  dockerImageTag: \(try await version())\n"))
    }

    @Test func theNewestEntryOfTheChangelogIsTheVersion() async throws {
        let heading = try #require(try Products.text("CHANGELOG.md").firstMatch(of: /\n## (\S+)( - \S+)?\n/))
        #expect(String(heading.1) == (try await version()))
    }

    @Test func everyVersionInTheImageIsTheVersion() async throws {
        let text = try Products.text("Dockerfile")
        let labels = text.matches(of: /(?:image|airbyte)\.version="([^"]*)"/).map { String($0.1) }
        let tags = text.matches(of: /source-rocket-chat:(\d\S*)/).map { String($0.1) }
        let version = try await version()
        #expect(labels.count == 2 && Set(labels + tags) == [version])
    }

    @Test func theRunnerIsReleasedWithTheConnector() async throws {
        let result = await (try Child([Products.runner, "--version"])).result()
        #expect(String(decoding: result.output, as: UTF8.self) == "airbyte-run \(try await version())\n")
    }
}
