import RocketChatSandbox

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Serves a sandbox until SIGTERM or SIGINT.
@main
struct Main {
    static func main() {
        do {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            guard !arguments.wantsHelp else {
                say(Arguments.help, to: 1)
                exit(0)
            }
            serve(arguments)
        } catch {
            say("rocket-chat-sandbox: \(error.message)\nTry --help.\n", to: 2)
            exit(2)
        }
    }

    private static func serve(_ arguments: Arguments) -> Never {
        // Blocked before any thread exists, so that all inherit it and only `sigwait` below receives them.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        signal(SIGPIPE, SIG_IGN)
        do {
            let server = try SandboxServer(Sandbox(arguments.options), port: arguments.port)
            say(server.announcement + "\n", to: 1)
            var received: Int32 = 0
            sigwait(&signals, &received)
            server.stop()
            exit(0)
        } catch {
            say("\(error)\n", to: 2)
            exit(1)
        }
    }

    private static func say(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
