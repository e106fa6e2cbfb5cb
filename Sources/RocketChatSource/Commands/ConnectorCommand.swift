import JSONBytes

/// One call of the connector, as its command line says.
///
/// Runners are lenient with each other's habits, so this is too: options in any order, `--option=value`, a leading `--`, and
/// `--debug` with every verb (airbyte-contract.md §0 rule 18).
package enum ConnectorCommand: Sendable, Equatable {
    /// Print what can be configured.
    case spec
    /// Say whether the configuration works.
    case check(config: String)
    /// List the streams.
    case discover(config: String)
    /// Read streams. An empty state path counts as none.
    case read(config: String, catalog: String, state: String?)
    /// Print how to call the connector.
    case help
    /// Print the connector's version.
    case version

    /// A command with the log level that goes with it.
    package struct Line: Sendable, Equatable {
        /// What to do.
        package let command: ConnectorCommand
        /// Whether DEBUG messages are wanted.
        package let isVerbose: Bool
    }

    /// A command line that cannot be understood: a sentence for standard error.
    package struct UsageError: Error, Sendable, Equatable {
        /// What is wrong.
        package let message: String
    }

    /// Reads the arguments after the program's name.
    package static func parse(_ arguments: [String]) throws(UsageError) -> Line {
        var verb: String?
        var options: [String: String] = [:]
        var isVerbose = false
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--": continue
            case "--debug": isVerbose = true
            case "--help", "-h": return Line(command: .help, isVerbose: false)
            case "--version", "-V": return Line(command: .version, isVerbose: false)
            case let option where option.hasPrefix("--"):
                let parts = option.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = String(parts[0])
                guard ["config", "catalog", "state"].contains(name) else {
                    throw UsageError(message: "There is no option --\(name).")
                }
                guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                    throw UsageError(message: "The option --\(name) needs the path of a file.")
                }
                options[name] = value
            case let word where verb == nil: verb = word
            case let word: throw UsageError(message: "'\(word)' is one word too many.")
            }
        }
        return Line(command: try command(verb, options), isVerbose: isVerbose)
    }

    private static func command(
        _ verb: String?, _ options: [String: String]
    ) throws(UsageError) -> ConnectorCommand {
        func path(_ option: String) throws(UsageError) -> String {
            guard let path = options[option], !path.isEmpty else {
                throw UsageError(message: "'\(verb ?? "")' needs --\(option) FILE.")
            }
            return path
        }
        switch verb {
        case "spec": return .spec
        case "check": return .check(config: try path("config"))
        case "discover": return .discover(config: try path("config"))
        case "read":
            let state = options["state"].flatMap { $0.isEmpty ? nil : $0 }
            return .read(config: try path("config"), catalog: try path("catalog"), state: state)
        case nil: throw UsageError(message: "A verb is missing: spec, check, discover or read.")
        case let verb?: throw UsageError(message: "There is no verb '\(verb)': spec, check, discover or read.")
        }
    }

    /// How to call the connector.
    package static let usage = """
        Usage: source-rocket-chat VERB [OPTIONS]

        An Airbyte source for Rocket.Chat. Messages of the Airbyte protocol go to standard output, one JSON object a line.

          spec                                              print what can be configured
          check    --config FILE                            say whether the configuration works
          discover --config FILE                            list the streams that the token can read
          read     --config FILE --catalog FILE [--state FILE]
                                                            read the configured streams

          --debug      write DEBUG messages as well (or LOG_LEVEL=debug in the environment)
          --version    print the version (or -V)
          --help       print this (or -h)
        """
}
