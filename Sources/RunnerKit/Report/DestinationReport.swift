import AirbyteProtocol
import JSONBytes

/// Tells people what the destination says, each line with its name, through the one reporter of the run.
final class DestinationReport {
    private let reporter: Reporter
    private let isVerbose: Bool
    /// TRACE ERRORs so far.
    private(set) var errorCount = 0
    /// The first of them.
    private(set) var firstError: String?
    /// Whether the first of them was about the configuration.
    private(set) var isConfigurationWrong = false
    private var noiseCount = 0
    private var hasToldOfConfiguration = false
    private var hasToldOfUnknownState = false
    /// The last lines of its standard error, for when it fails without a word.
    private var tail: [String] = []

    /// Speaks through `reporter`.
    init(_ reporter: Reporter, isVerbose: Bool) {
        self.reporter = reporter
        self.isVerbose = isVerbose
    }

    /// The most errors that are shown.
    private static let errorLimit = 20

    /// A LOG payload: WARN and above always, the rest when asked for.
    func log(_ payload: JSON) {
        let level = payload["level"]?.string ?? LogLevel.info.rawValue
        guard isVerbose || LogLevel(rawValue: level) ?? .info >= .warn else { return }
        reporter.say("destination: \(level): \(payload["message"]?.string ?? "")")
    }

    /// A TRACE payload; errors are shown and counted.
    func trace(_ payload: JSON) {
        guard let error = TraceError(trace: payload) else { return }
        if errorCount == 0 {
            firstError = reporter.line(error.message)
            isConfigurationWrong = error.failureType == .config
        }
        errorCount += 1
        guard isVerbose || errorCount <= Self.errorLimit else { return }
        reporter.say("destination: error\(error.stream.map { " in stream \($0)" } ?? ""): \(error.message)")
    }

    /// A line that is no protocol message. The first few are shown.
    func noise(_ line: UnsafeBufferPointer<UInt8>?) {
        noiseCount += 1
        guard noiseCount <= 3, let line else { return }
        // A JSON object may hold somebody's data, so only plain text is quoted.
        let quote = line.first == UInt8(ascii: "{") ? "an unknown JSON object" : "`\(excerpt(line, 200))`"
        reporter.warn("not a protocol message on the destination's stdout: \(quote)")
    }

    /// A line of its standard error: shown with --verbose, else kept in case it fails.
    func standardError(_ line: UnsafeBufferPointer<UInt8>) {
        let text = excerpt(line, 1000)
        if isVerbose { return reporter.say("destination: \(text)") }
        tail.append(text)
        if tail.count > 20 { tail.removeFirst() }
    }

    /// An echo of something that was never sent: said once.
    func unknownState() {
        guard !hasToldOfUnknownState else { return }
        hasToldOfUnknownState = true
        reporter.warn("the destination confirms a state that it was not given: ignored")
    }

    /// A CONTROL payload whose configuration is not kept: said once.
    func warnOfConfiguration() {
        guard !hasToldOfConfiguration else { return }
        hasToldOfConfiguration = true
        reporter.warn(
            "the destination has changed its configuration (a new token, perhaps), which is lost after this run: with"
                + " --save-config it is kept in the configuration file")
    }

    /// Says how a destination ended that should have gone on or ended well, and its last words when it gave no reason. One that
    /// `wasEnded` had closed its input and lived on.
    func explain(_ end: SourceEnd, isEarly: Bool, wasEnded: Bool = false) {
        if errorCount == 0, end != .exited(0) { tail.forEach { reporter.say("destination: \($0)") } }
        if isEarly, wasEnded { return reporter.say("the destination closed its input before it had everything") }
        let when = isEarly ? " before it was told to" : ""
        switch end {
        case .exited(0) where !isEarly: break
        case .exited(let code): reporter.say("the destination ended\(when), with exit code \(code)")
        case .signaled(let number):
            let hint = SourceEnd.hint(of: number)
            reporter.say("the destination was ended\(when) by signal \(number)\(hint)")
        }
    }

    /// Sums up what was not said line by line.
    func summarize() {
        if !isVerbose, errorCount > Self.errorLimit {
            reporter.warn("\(errorCount - Self.errorLimit) more errors of the destination; --verbose shows them all")
        }
        if noiseCount > 3 { reporter.warn("\(noiseCount) lines of the destination were no protocol messages") }
    }

    /// The beginning of a line. Masked before it is cut, or half a secret would be shown.
    private func excerpt(_ bytes: UnsafeBufferPointer<UInt8>, _ limit: Int) -> String {
        let piece = bytes.prefix(limit + 4096)
        let text = reporter.redactor(String(decoding: piece, as: UTF8.self), isCut: piece.count < bytes.count)
        return String(text.prefix(limit))
    }
}
