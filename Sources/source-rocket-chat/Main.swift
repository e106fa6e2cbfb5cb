import AirbyteProtocol
import CSystem
import RocketChatAPI
import RocketChatSource

@main
struct Main {
    static func main() async {
        StandardDescriptors.fill()
        ProcessSignals.install()
        CrashSentence.install("source-rocket-chat \(connectorVersion)", isSource: true)
        let line: ConnectorCommand.Line
        do {
            line = try ConnectorCommand.parse(Array(CommandLine.arguments.dropFirst()))
        } catch {
            complain("\(error.message)\n\n\(ConnectorCommand.usage)\n")
            exit(ExitCode.usage.status)
        }
        switch line.command {
        case .help: print(ConnectorCommand.usage)
        case .version: print(connectorVersion)
        default:
            let clock = SystemClock()
            let writer = MessageWriter(now: { clock.now() })
            let isVerbose = line.isVerbose || getenv("LOG_LEVEL").map { String(cString: $0).lowercased() } == "debug"
            writer.logLevel = isVerbose ? .debug : .info
            let connector = Connector(
                writer: writer, clock: clock, complain: { complain("source-rocket-chat: \($0)\n") },
                transport: { try CurlTransport($0) })
            // Before the first task: with too little memory none would ever run.
            if let refusal = ProcessLimits.refusal { exit(connector.refuse(refusal).status) }
            let code = await connector.run(line.command)
            ProcessSignals.resultIsOut()
            exit(code.status)
        }
    }

    private static func complain(_ text: String) {
        Array(text.utf8).withUnsafeBytes { bytes in
            // Nobody is left who could be told.
            do throws(OutputError) { try Descriptor(2).write(bytes) } catch {}
        }
    }
}
