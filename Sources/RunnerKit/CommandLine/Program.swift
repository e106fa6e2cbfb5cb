package import AirbyteProtocol

/// The whole program behind its `main`: words in, exit code out.
package struct Program {
    private let console: Console
    private let signals: SignalPipe?

    /// `signals` is nil where the process belongs to someone else, as in tests.
    package init(console: Console = Console(), signals: SignalPipe? = nil) {
        self.console = console
        self.signals = signals
    }

    /// Runs the command that `arguments` (without the program's name) spell.
    package func run(_ arguments: [String]) -> ExitCode {
        if arguments.contains("--help") || arguments.first == "help" { return answer(Usage.full) }
        if arguments == ["--version"] { return answer(Usage.version) }
        let options: Options
        do throws(RunnerError) { options = try Options(arguments) } catch {
            console.say("airbyte-run: \(Redactor()(error.description))\n\(Usage.short)\n")
            return error.code
        }
        return run(options)
    }

    private func answer(_ text: String) -> ExitCode {
        do throws(RunnerError) { try console.print(text) } catch {
            console.say("airbyte-run: \(error)\n")
            return error.code
        }
        return .ok
    }

    private func run(_ options: Options) -> ExitCode {
        // On a terminal the lines of `read` themselves are the progress.
        let showsProgress =
            [.sync, .verify].contains(options.verb) || options.verb == .read && !console.isOutputTerminal
        let reporter = Reporter(console: console, verbose: options.isVerbose, showsProgress: showsProgress)
        do throws(RunnerError) {
            if options.verb == .verify {
                return try VerifyRun(options, reporter: reporter, signals: signals).run()
            }
            let session = try SourceSession(options, reporter: reporter, signals: signals)
            switch options.verb {
            case .spec: return try session.spec()
            case .check: return try session.check()
            case .discover: return try session.listStreams()
            case .read:
                var run = try ReadRun(session)
                return try run.run()
            case .sync:
                var run = try SyncRun(session)
                return try run.run()
            case .verify: return .ok
            }
        } catch {
            // A signal makes other things fail, too: a lock that is not waited for any longer, for instance.
            let number = SignalPipe.arrived
            let description = number.map { "stopped by signal \($0)" } ?? error.description
            if !description.isEmpty { reporter.say("airbyte-run: \(description)") }
            return number.map(ExitCode.signal) ?? error.code
        }
    }
}
