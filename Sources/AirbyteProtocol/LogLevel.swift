/// How serious a LOG message is; the raw value is the protocol's word.
///
/// `error` and `fatal` only for real failures: some runners mark the whole sync as failed on them.
package enum LogLevel: String, Sendable, Comparable, CaseIterable {
    /// Finest detail.
    case trace = "TRACE"
    /// Detail for developers.
    case debug = "DEBUG"
    /// Normal progress.
    case info = "INFO"
    /// Something the user should know; the sync goes on.
    case warn = "WARN"
    /// A failure.
    case error = "ERROR"
    /// A failure that ends everything.
    case fatal = "FATAL"

    /// Orders by seriousness, `trace` lowest.
    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .warn: 3
        case .error: 4
        case .fatal: 5
        }
    }
}
