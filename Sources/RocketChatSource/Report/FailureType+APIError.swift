package import AirbyteProtocol
package import RocketChatAPI

extension FailureType {
    /// Who can mend a failed request, whether it ends the whole run, a stream or a part of one.
    ///
    /// What the user has to change is for the user; everything that may pass is for time; a request that the server does not take
    /// was made wrong by us.
    package init(for error: APIError) {
        self =
            switch error.kind {
            case .configuration, .refused: .config
            case .transient, .tooLarge, .cancelled, .unavailable, .noRows: .transient
            case .invalidRequest: .system
            }
    }
}
