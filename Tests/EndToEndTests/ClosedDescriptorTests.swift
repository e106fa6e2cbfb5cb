import RocketChatSandbox
import Testing

/// Programs that are started without standard input, output or error.
@Suite(.timeLimit(.minutes(10))) struct ClosedDescriptorTests {
    @Test(arguments: [Products.connector, Products.runner], ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
    func theNullDeviceIsInTheirPlace(program: String, closed: String) async throws {
        let stage = try Stage()
        let config = try stage.config()
        let source = program == Products.runner ? ["--source", Products.connector] : []
        for verb in ["check", "discover", "read"] {
            var words = [program, verb, "--config", config] + source
            if verb == "read" { words += ["--catalog", try stage.catalog(["roles", "channels"])] }
            let script = #""$@" \#(closed); code=$?; exec 1>&9; echo $code"#
            // Descriptor 9 keeps the way for the exit code.
            let result = await (try Child(["/bin/sh", "-c", "exec 9>&1; \(script)", "sh"] + words)).result()
            #expect(String(decoding: result.output.suffix(2), as: UTF8.self) == "0\n", "\(verb)")
        }
    }
}
