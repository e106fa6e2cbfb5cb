import AirbyteProtocol
import CSystem
import RunnerKit

@main
struct Main {
    static func main() {
        StandardDescriptors.fill()
        CrashSentence.install("airbyte-run", isSource: false)
        let arguments = Array(CommandLine.arguments.dropFirst())
        do throws(RunnerError) {
            let signals = try SignalPipe.install()
            exit(Program(signals: signals).run(arguments).status)
        } catch {
            Console().say("airbyte-run: \(error)\n")
            exit(error.code.status)
        }
    }
}
