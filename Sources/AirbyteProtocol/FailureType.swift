/// Who can mend a failure; the raw value is the protocol's word.
package enum FailureType: String, Sendable {
    /// The user, by changing the configuration: a retry cannot help, and the platform makes none.
    case config = "config_error"
    /// Time: the platform retries.
    case transient = "transient_error"
    /// We.
    case system = "system_error"
}
