package import AirbyteProtocol

/// The whole program behind its `main`: words in, exit code out.
package struct Program {
    private let console: Console
    private let signals: SignalPipe?
    private let backoff: [Int64]

    /// `signals` is nil where the process belongs to someone else, as in tests. `backoff` is how long to wait before each
    /// further try, in milliseconds; the last one counts for all that follow.
    package init(
        console: Console = Console(), signals: SignalPipe? = nil, backoff: [Int64] = [10_000, 30_000, 90_000, 270_000]
    ) {
        self.console = console
        self.signals = signals
        self.backoff = backoff
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
            case .state: return try StateCommand(words).run(console)
            case .spec, .check, .discover, .initialize, .read, .sync, .verify: return run(try Options(words))
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
        var retries = Retries(count: options.retries, backoff: backoff)
        var configuration: SourceConfiguration?
        while true {
            // On a terminal the lines of `read` themselves are the progress.
            let showsProgress =
                [.sync, .verify].contains(options.verb) || options.verb == .read && !console.isOutputTerminal
            let reporter = Reporter(console: console, verbose: options.isVerbose, showsProgress: showsProgress)
            do throws(RunnerError) {
                // Once for all tries: a pipe can be read once, and a try may have changed it.
                if configuration == nil { configuration = try options.configuration() }
                let code = try run(options, configuration, reporter)
                guard try retries.wait(after: code, reporter) else { return code }
            } catch {
                // A signal makes other things fail, too: a lock that is not waited for any longer, for instance.
                let number = SignalPipe.arrived
                let description =
                    number.map { Interruption.words($0, goesOn: options.verb == .sync) } ?? error.description
                if !description.isEmpty { reporter.say("airbyte-run: \(description)") }
                let code = number.map(ExitCode.signal) ?? error.code
                if (try? retries.wait(after: code, reporter)) ?? false { continue }
                if options.wantsSummary {
                    SyncSummary(exit: code, reason: description.isEmpty ? reporter.firstError : description)
                        .say(reporter)
                }
                return code
            }
        }
    }

    private func run(
        _ options: Options, _ configuration: SourceConfiguration?, _ reporter: Reporter
    ) throws(RunnerError) -> ExitCode {
        if options.verb == .verify, let configuration {
            return try VerifyRun(options, configuration, reporter: reporter, signals: signals).run()
        }
        let session = try SourceSession(options, reporter: reporter, signals: signals, configuration: configuration)
        switch options.verb {
        case .spec: return try session.spec()
        case .check: return try session.check()
        case .discover: return try session.listStreams()
        case .initialize: return try session.initialize()
        case .read:
            var run = try ReadRun(session)
            return try run.run()
        case .sync where options.destination != nil: return try DestinationSync(session).run()
        case .sync:
            var run = try SyncRun(session)
            return try run.run()
        case .verify, .state, .completion, .man, .help: return .ok
        }
    }
}
