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
        if let first = arguments.first, OptionName(word: first[...]) == .help { return answer(Usage.full) }
        if arguments.count == 1, OptionName(word: arguments[0][...]) == .version { return answer(Usage.version) }
        do throws(RunnerError) {
            let words = try CommandWords(arguments)
            if words.wantsHelp { return answer(Usage.full(words.verb)) }
            switch words.verb {
            case .help:
                guard let name = words.operands.first else { return answer(Usage.full) }
                return answer(Usage.full(try CommandWords.verb(name)))
            case .completion: return answer(try Completion(words).text)
            case .man: return answer(ManPage.text(version: Usage.version))
            case .spec, .check, .discover, .read, .sync: return run(try Options(words))
            }
        } catch {
            let usage = Usage.short(arguments.first.flatMap(Verb.init))
            console.say("airbyte-run: \(Redactor()(error.description))\n\(usage)\n")
            return error.code
        }
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
        let showsProgress = options.verb == .sync || options.verb == .read && !console.isOutputTerminal
        let reporter = Reporter(console: console, verbose: options.isVerbose, showsProgress: showsProgress)
        do throws(RunnerError) {
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
            case .completion, .man, .help: return .ok
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
