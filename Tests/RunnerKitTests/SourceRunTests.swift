import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// Processes, pipes and lines.
struct SourceRunTests {
    private func lines(_ script: String, limit: Int = 1 << 20) throws -> (lines: [String], SourceRun.Outcome) {
        var found: [String] = []
        let outcome = try SourceRun(words: ["sh", "-c", script], lineLimit: limit).run { event in
            switch event {
            case .output(.line(let line)): found.append(String(decoding: line, as: UTF8.self))
            case .output(.tooLong(let count)): found.append("too long: \(count)")
            default: break
            }
            return .goOn
        }
        return (found, outcome)
    }

    @Test func linesEndAtNewlinesOnly() throws {
        let result = try lines(#"printf 'a\rb\342\200\250c\n\nlast'"#)
        #expect(result.lines == ["a\rb\u{2028}c", "", "last"])
        #expect(result.1.end == .exited(0))
    }

    @Test func linesOverTheLimitAreSkippedAndMeasured() throws {
        let result = try lines(#"printf '%0100d\n%050d\nok\n%0300d' 0 0 0"#, limit: 60)
        #expect(result.lines == ["too long: 100", String(repeating: "0", count: 50), "ok", "too long: 300"])
    }

    @Test func halfALineOfADyingSourceIsNoLine() throws {
        let result = try lines("printf 'whole\nha'; kill -9 $$")
        #expect(result.lines == ["whole"])
        #expect(result.1.end == .signaled(SIGKILL))
    }

    @Test func halfALineThatIsTooLongAlreadyIsTold() throws {
        let result = try lines("printf 'whole\n%0100d' 0; exit 1", limit: 60)
        #expect(result.lines == ["whole", "too long: 100"])
        #expect(result.1.end == .exited(1))
    }

    @Test func aChattyStandardErrorBlocksNobody() throws {
        var errors = 0
        var output = 0
        _ = try SourceRun(words: ["sh", "-c", "yes x | head -100000 >&2; echo done"]).run { event in
            switch event {
            case .error: errors += 1
            case .output: output += 1
            case .idle: break
            }
            return .goOn
        }
        #expect(errors == 100_000)
        #expect(output == 1)
    }

    @Test func aStubbornSourceIsKilledAfterTheGrace() throws {
        let run = SourceRun(words: ["sh", "-c", "trap '' TERM; echo x; while :; do sleep 0.05; done"], grace: 100)
        let outcome = try run.run { event in
            if case .output = event { return .stop }
            return .goOn
        }
        #expect(outcome.end == .signaled(SIGKILL))
    }

    @Test func anErrorOfTheHandlerStopsTheSourceAndComesThrough() {
        let error = #expect(throws: RunnerError.self) {
            _ = try SourceRun(words: ["sh", "-c", "echo x; sleep 60"]).run { event throws(RunnerError) in
                guard case .output = event else { return .goOn }
                throw RunnerError(.configuration, "enough")
            }
        }
        #expect(error?.description == "enough")
    }

    @Test func aGrandchildThatKeepsThePipeOpenDoesNotKeepUsWaiting() throws {
        let result = try lines("sleep 300 & echo x")
        #expect(result.lines == ["x"])
    }

    @Test func whatTheSourceStartedDiesWithIt() throws {
        let result = try lines("echo $$; kill -TERM 0; sleep 300")
        #expect(result.1.end == .signaled(SIGTERM))
        #expect(getpgid(pid_t(result.lines[0])!) == -1)
    }
}
