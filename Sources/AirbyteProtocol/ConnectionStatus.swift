/// The answer to `check`.
package enum ConnectionStatus: Sendable, Hashable {
    /// The source can read; what it found, in one sentence.
    case succeeded(String?)
    /// It cannot, for the reason given in one sentence.
    case failed(String)

    /// The protocol's word.
    package var word: String {
        switch self {
        case .succeeded: "SUCCEEDED"
        case .failed: "FAILED"
        }
    }
}
