import AirbyteProtocol
import CSystem
import JSONBytes

/// Tells people what happens: log lines, odd output of the source, and the one updating progress line.
///
/// A class because every handler of a run adds to the same account of it.
final class Reporter {
    /// Where it all goes.
    let console: Console
    private let verbose: Bool
    /// What has been heard of time and trouble.
    var course: Course
    /// The lines that are drawn anew.
    var block = LiveBlock()
    /// Applied to everything that is said or noted.
    private(set) var redactor = Redactor()
    /// What is hidden by it.
    private(set) var secrets: Set<String> = []

    /// TRACE ERRORs so far.
    private(set) var errorCount = 0
    /// Whether the first of them was about the configuration: it decides whether a retry can help.
    private(set) var isConfigurationWrong = false
    /// Whether the user has been told of a changed configuration that is not kept.
    private var hasToldOfConfiguration = false
    /// Lines that were no protocol messages.
    private(set) var noiseCount = 0
    /// RECORD lines that could not be read: data the source sent and nobody has.
    private(set) var brokenRecords = 0
    /// The last lines of the source's standard error, for when it fails without a word.
    private var tail: [String] = []
    /// The first of the errors, in the words that people saw.
    private(set) var firstError: String?

    /// Progress is drawn where standard error is a terminal that can be drawn on, and said in lines elsewhere.
    init(console: Console, verbose: Bool, showsProgress: Bool) {
        self.console = console
        self.verbose = verbose
        let canDraw = console.isErrorsTerminal && ScreenStyle.canDraw(term: ScreenStyle.variable("TERM"))
        course = Course(showsProgress ? canDraw ? .screen : .lines : .none)
    }

    /// The most that is shown of one text of a source, in bytes, and of its errors, in lines.
    private static let (lengthLimit, errorLimit) = (4000, 20)

    /// Hides these secrets from now on, beside the former ones or, `anew`, instead of them.
    func hide(_ found: Set<String>, anew: Bool = false) {
        secrets = anew ? found : secrets.union(found)
        redactor = Redactor(secrets)
    }

    /// Prints one message for people, masked; further lines of it are indented.
    func say(_ text: String) {
        console.say((block.isEmpty ? "" : block.erasing(columns: console.columns)) + shown(text) + "\n" + block.text)
    }

    /// `text` as people may see it, cut when it is long.
    func shown(_ text: String) -> String { redactor(text, lineBreak: "\n    ", limit: Self.lengthLimit) }

    /// `text` in one line, as it stands in tables and in the database.
    func line(_ text: String) -> String { redactor(text, limit: Self.lengthLimit) }

    /// Prints something that went wrong without ending the run.
    func warn(_ text: String) { say("warning: \(text)") }

    /// A LOG payload: WARN and above always, an outage once, the rest when asked for.
    func log(_ payload: JSON) {
        let level = payload["level"]?.string ?? LogLevel.info.rawValue
        let rank = LogLevel(rawValue: level) ?? .info
        let text = payload["message"]?.string ?? ""
        let isNews = course.hear(log: text, rank, now: Clock.monotonic())
        guard verbose || rank >= .warn && isNews else { return }
        say("\(level): \(text)")
    }

    /// A TRACE payload; returns the error it carries, if any. The first few are shown, all are counted.
    @discardableResult
    func trace(_ payload: JSON) -> TraceError? {
        guard let error = TraceError(trace: payload) else {
            course.hear(trace: payload, now: Clock.monotonic())
            return nil
        }
        firstError = firstError ?? line(error.message)
        if errorCount == 0 { isConfigurationWrong = error.failureType == .config }
        errorCount += 1
        if verbose || errorCount <= Self.errorLimit {
            say("error\(error.stream.map { " in stream \($0)" } ?? ""): \(error.message)")
        }
        return error
    }

    /// A CONTROL payload whose configuration is not kept: said once.
    func warnOfConfiguration() {
        guard !hasToldOfConfiguration else { return }
        hasToldOfConfiguration = true
        warn(
            "the source has changed its configuration (a new token, perhaps), which is lost after this run: with"
                + " --save-config it is kept in the configuration file")
    }

    /// A line that is no protocol message. The first few are shown, all are counted.
    func noise(_ noise: Noise, line: UnsafeBufferPointer<UInt8>?) {
        switch noise {
        case .brokenRecord(let reason):
            brokenRecords += 1
            if brokenRecords <= 3 { warn("a RECORD could not be read and is lost: \(reason)") }
        case .tooLong(let length):
            brokenRecords += 1
            warn("a line of \(length) bytes is too long and is lost")
        case .brokenMessage(let type):
            noiseCount += 1
            warn("a \(type) message without its payload was ignored")
        case .text, .unknown:
            noiseCount += 1
            // A JSON object may hold somebody's data, so only plain text is quoted.
            guard noiseCount <= 3, let line else { return }
            let isObject = line.first == UInt8(ascii: "{")
            let quote = isObject ? "an unknown JSON object" : "`\(excerpt(line, 200))`"
            warn("not a protocol message on the source's stdout: \(quote)")
        }
    }

    /// A line of the source's standard error: shown with --verbose, else kept in case it fails.
    func standardError(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = excerpt(bytes, 1000)
        if verbose {
            say("source: \(text)")
        } else {
            tail.append(text)
            if tail.count > 20 { tail.removeFirst() }
        }
    }

    /// Explains a source that failed: its exit code and last words on standard error when it sent no TRACE ERROR.
    func explainFailure(_ end: SourceEnd) {
        if errorCount == 0 { tail.forEach { say("source: \($0)") } }
        if case .exited = end, errorCount > 0 { return }
        if let sentence = end.sentence { say(sentence) }
    }

    /// Sums up what was not said line by line, at the end of a run.
    func summarize() {
        if !verbose, errorCount > Self.errorLimit {
            warn("\(errorCount - Self.errorLimit) more errors of the source; --verbose shows them all")
        }
        if noiseCount > 3 { warn("\(noiseCount) lines of the source were no protocol messages") }
        if brokenRecords > 0 { warn("\(brokenRecords) records of the source could not be read") }
    }

    /// The beginning of a line. Masked before it is cut, or half a secret would be shown.
    private func excerpt(_ bytes: UnsafeBufferPointer<UInt8>, _ limit: Int) -> String {
        let piece = bytes.prefix(limit + 4096)
        let text = redactor(String(decoding: piece, as: UTF8.self), isCut: piece.count < bytes.count)
        return String(text.prefix(limit))
    }
}
