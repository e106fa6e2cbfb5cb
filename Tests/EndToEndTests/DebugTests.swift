import Testing

/// `--debug`: every request is told, and nothing that only the server and the user should know.
@Suite(.timeLimit(.minutes(10))) struct DebugTests {
    private func lines(_ run: Run) -> [String] {
        run.payloads("LOG", "log").filter { $0["level"]?.text == "DEBUG" }.compactMap { $0["message"]?.text }
    }

    @Test func everyRequestIsToldWithStatusTimeBytesWaitAndTry() async throws {
        let stage = try Stage()
        let run = try await Run.connector(["check", "--debug", "--config", try stage.config()])
        let told = lines(run)
        #expect(told.count == 3)
        for (route, line) in zip(["info", "v1/me", "v1/permissions.listAll"], told) {
            let rest = try #require(line.wholeMatch(of: #/GET (\S+): 200, \d+ bytes, \d+ ms, waited \d+ ms, try 1/#))
            #expect(String(rest.1) == route)
        }
    }

    @Test func withoutItNoneIs() async throws {
        let stage = try Stage()
        #expect(lines(try await Run.connector(["check", "--config", try stage.config()])).isEmpty)
    }

    @Test func pagesAreToldByTheirNumbersAlone() async throws {
        let stage = try Stage()
        let catalog = try stage.catalog(["channels", "room_members"])
        let run = try await Run.connector(["read", "--debug", "--config", try stage.config(), "--catalog", catalog])
        let told = lines(run)
        #expect(told.contains { $0.contains(#/^GET v1/channels.list count=\d+ offset=0: 200, /#) })
        for line in told { #expect(!line.contains("roomId") && !line.contains("{"), "\(line)") }
    }
}
