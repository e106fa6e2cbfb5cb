/// What holds for LOG, TRACE and CONTROL.
extension Rule {
    /// `WARNING`, which Python says, is none of them.
    static let logIsWellFormed = must(
        "log.is-well-formed", "2.6", "a LOG has a message and one of the levels FATAL, ERROR, WARN, INFO, DEBUG, TRACE")
    /// Some runners take such a line for a failed run.
    static let logErrorsAreFailures = should(
        "log.errors-are-failures", "0.21", "only a run that fails logs at the levels ERROR and FATAL")
    /// What is not well-formed is dropped, errors too.
    static let traceIsWellFormed = must(
        "trace.is-well-formed", "2.7", "a TRACE has a known type, `emitted_at`, and what its type requires")
    /// Platforms go by the exit code and take what has come for everything.
    static let traceErrorFailsRun = must(
        "trace.an-error-fails-the-run", "0.5", "after a TRACE ERROR or an INCOMPLETE stream the exit code is not 0")
    /// Platforms try again for hours what only a person can mend.
    static let traceBlamesConfig = should(
        "trace.a-bad-config-is-a-config-error", "2.7",
        "with a bad configuration the first TRACE ERROR has the failure_type config_error")
    /// Progress is computed from one kind or the other.
    static let traceEstimatesAgree = should(
        "trace.estimates-are-of-one-kind", "2.7", "ESTIMATEs of one read are all of streams or all of the sync")
    /// What it holds replaces the stored configuration.
    static let controlIsWellFormed = must(
        "control.is-well-formed", "2.8", "a CONTROL has the type CONNECTOR_CONFIG, `emitted_at` and a configuration")
    /// What it holds is what the source gets the next time.
    static let controlFitsSpec = must(
        "control.fits-the-specification", "2.8", "the configuration of a CONTROL fits the specification")

    /// In the order in which they are told.
    static let messages = [
        logIsWellFormed, logErrorsAreFailures, traceIsWellFormed, traceErrorFailsRun, traceBlamesConfig,
        traceEstimatesAgree, controlIsWellFormed, controlFitsSpec,
    ]
}
