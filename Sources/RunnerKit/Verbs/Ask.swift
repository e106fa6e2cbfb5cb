import AirbyteProtocol
import JSONBytes

/// The three commands that ask the source one question.
extension SourceSession {
    /// Prints the SPEC message.
    func spec() throws(RunnerError) -> ExitCode {
        guard let payload = try ask("spec", for: .spec) else {
            throw unanswered("the source does not answer `spec`")
        }
        try reporter.console.print(MessageType.spec.message(payload).text)
        return .ok
    }

    /// Prints one sentence: whether the source can connect.
    ///
    /// A FAILED status does not say whether trying again can help; only an error beside it does.
    func check() throws(RunnerError) -> ExitCode {
        let answer = try ask("check", for: .connectionStatus)
        guard let status = answer?["status"]?.string else {
            throw unanswered("the check came to no result")
        }
        let message = answer?["message"]?.string
        if status == ConnectionStatus.succeeded(nil).word {
            try reporter.console.print(reporter.shown(message ?? "The check succeeded: the source can connect."))
            return .ok
        }
        try reporter.console.print(reporter.shown("The check failed: \(message ?? "the source gives no reason")"))
        return failureCode
    }

    /// Lists the streams: as a table for people, as the CATALOG message for programs.
    func listStreams() throws(RunnerError) -> ExitCode {
        let catalog = try discover()
        guard !(options.isRaw ?? !reporter.console.isOutputTerminal) else {
            try reporter.console.print(MessageType.catalog.message(catalog).text)
            return .ok
        }
        var table = TextTable(["stream", "modes", "primary key", "cursor", "fields"], rightAligned: [4])
        for stream in (catalog["streams"]?.array ?? []).compactMap(DiscoveredStream.init) {
            let cells = [
                stream.key.description,
                stream.supportsIncremental ? "incremental" : "full refresh",
                stream.primaryKey.map { $0.joined(separator: ".") }.joined(separator: ", "),
                stream.cursorField.joined(separator: "."),
                String(stream.fields.count),
            ]
            table.add(cells.map(reporter.line))
        }
        try reporter.console.print(table.text)
        return .ok
    }
}
