@testable import JSONBytes
import Testing

@testable import RunnerKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A source that changes its configuration.
struct ControlTests {
    private static let change =
        #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":1,"connectorConfig":"#
        + #"{"config":{"auth":{"refresh_token":"n3w-t0ken"},"more":[1.0,12345678901234567890]}}}}"#
    private static let before = "{\n  \"auth\": {\"refresh_token\": \"0ld-t0ken\", \"kind\": \"é\"},\n  \"n\": 1.50\n}"
    private static let after =
        #"{"auth":{"refresh_token":"n3w-t0ken","kind":"é"},"n":1.50,"more":[1.0,12345678901234567890]}"#

    private func changing() throws -> FakeSource {
        let source = try FakeSource(Say.stream("t"), config: Self.before)
        try source.reads(
            Self.change, Self.change, #"{"type":"LOG","log":{"level":"WARN","message":"using n3w-t0ken"}}"#,
            Say.error("late"), exit: 1)
        return source
    }

    @Test(arguments: ["read", "sync"])
    func isSaidAndWithTheOptionKept(verb: String) throws {
        let source = try changing()
        let words =
            [verb, "--source", source.command, "--config", source.config]
            + (verb == "sync" ? ["--into", source.database] : [])
        let said = try source.run(words: words)
        #expect(said.errors.split(separator: "\n").count { $0.contains("with --save-config it is kept") } == 1)
        #expect(try source.text("config.json") == Self.before)

        chmod(source.config, 0o640)
        let kept = try source.run(words: words + ["--save-config"])
        #expect(kept.code == .failed, "the sync fails, the configuration is kept")
        let file = try #require(try source.text("config.json"))
        #expect(try JSON(parsing: file).text == Self.after)
        #expect(file.contains("\n  \"auth\": {\n    \"refresh_token\": \"n3w-t0ken\","))
        var status = stat()
        #expect(stat(source.config, &status) == 0 && status.st_mode & 0o7777 == 0o640)
        #expect(!(said.errors + kept.errors).contains("t0ken") && kept.errors.contains("using ***"))
    }

    @Test func isKeptAtOnceAndBehindALink() throws {
        let source = try FakeSource(Say.stream("t"), config: Self.before)
        rename(source.config, "\(source.folder)/real.json")
        symlink("real.json", source.config)
        try source.write("line", Self.change + "\n")
        // The source itself finds the new configuration while it still runs.
        try source.write(
            "check.sh",
            """
            cat "$here/line"
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                grep -q n3w "$here/config.json" && touch "$here/found" && break
                sleep 0.1
            done
            exit 1
            """)
        #expect(try source.run("check", "--save-config").code == .failed)
        #expect(access("\(source.folder)/found", F_OK) == 0)
        var status = stat()
        #expect(lstat(source.config, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(try JSON(parsing: try #require(try source.text("real.json"))).text == Self.after)
    }

    @Test func whatIsNoConfigurationChangesNothing() throws {
        let source = try FakeSource(Say.stream("t"), config: Self.before)
        try source.reads(
            #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","connectorConfig":{"config":[1]}}}"#,
            #"{"type":"CONTROL","control":{"type":"OTHER"}}"#, #"{"type":"CONTROL"}"#)
        #expect(try source.run("read", "--save-config").code == .ok)
        #expect(try source.text("config.json") == Self.before)
    }
}
