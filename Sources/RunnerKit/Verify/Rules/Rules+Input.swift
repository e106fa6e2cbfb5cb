/// What a source has to take, what it has to refuse, and how it lives as a process.
extension Rule {
    /// PyAirbyte passes it when there is no state.
    static let takesEmptyList = must("state.takes-an-empty-list", "0.11", "a state file `[]` is as good as none")
    /// Several runners pass it when there is no state.
    static let takesEmptyObject = must("state.takes-an-empty-object", "0.11", "a state file `{}` is as good as none")
    /// Left behind by a runner that was interrupted.
    static let takesEmptyFile = should(
        "state.takes-an-empty-file", "0.11", "a state file without a byte is as good as none")
    /// A null state resets its stream.
    static let takesNulls = must(
        "state.takes-nulls", "0.11", "a state whose `stream_state` and other parts are null is as good as none")
    /// A stream was removed, or the state is older than the source.
    static let takesForeign = must(
        "state.takes-foreign-states", "0.11", "the state of a stream that the source does not have is ignored")
    /// Runners keep one file for all streams, and read some of them.
    static let takesOthersStates = must(
        "state.takes-states-of-other-streams", "2.10", "the state of a stream that is not asked for is ignored")
    /// The form comes from its models.
    static let takesPyAirbyte = must(
        "state.takes-pyairbyte-form", "7.3", "unknown and repeated members and an `id` beside a state are ignored")
    /// Whoever gives one wants it to be used.
    static let takesGiven = must("state.takes-the-given-one", "0.11", "the state of --state is accepted")
    /// Runners of several kinds write catalogs so.
    static let takesLenientCatalog = must(
        "catalog.takes-what-runners-send", "0.12",
        "an empty json_schema, nulls and unknown members of a catalog are accepted")
    /// PyAirbyte asks for it always.
    static let takesIncremental = must(
        "catalog.takes-incremental-for-all", "0.12", "sync_mode incremental is accepted for a stream without it")
    /// People choose streams.
    static let obeysSelection = must(
        "catalog.one-stream-can-be-read", "0.14", "a catalog of one stream brings the records of that stream")
    /// It was renamed, and nobody notices that nothing comes any more.
    static let refusesUnknownStream = must(
        "catalog.refuses-an-unknown-stream", "0.13",
        "an unknown stream gives a TRACE ERROR and an exit code that is not 0")
    /// Airbyte's own tests require it.
    static let refusesUnknownMode = must(
        "catalog.refuses-an-unknown-mode", "0.13",
        "an unknown sync_mode gives a TRACE ERROR and an exit code that is not 0")
    /// Nothing that was asked for would be read.
    static let refusesBrokenCatalog = must(
        "catalog.refuses-what-is-no-json", "1.2", "a catalog file that is no JSON fails `read`")
    /// In the order in which they are told.
    static let input = [
        takesEmptyList, takesEmptyObject, takesEmptyFile, takesNulls, takesForeign, takesOthersStates,
        takesPyAirbyte, takesGiven, takesLenientCatalog, takesIncremental, obeysSelection, refusesUnknownStream,
        refusesUnknownMode,
        refusesBrokenCatalog,
    ]

    /// Some runners write options so.
    static let takesEqualsForm = should("cli.takes-equals-signs", "0.18", "`--config=FILE` is accepted")
    /// Runners have their own.
    static let takesAnyOrder = should("cli.takes-options-in-any-order", "0.18", "options are accepted in any order")
    /// Some runners add it.
    static let takesDebug = should("cli.takes-debug", "0.18", "`--debug` behind the verb is accepted")
    /// Some runners put them before the verb.
    static let takesDashes = should("cli.takes-leading-dashes", "0.18", "`--` before the verb is accepted")
    /// PyAirbyte's files end in `.txt` and may only be read.
    static let takesRelativePaths = must(
        "cli.takes-any-file-name", "1.1", "relative paths, names without `.json` and read-only files are accepted")
    /// At a terminal, or below a program that has its own use for it, the source would wait for ever.
    static let leavesInput = should(
        "cli.leaves-standard-input-alone", "1.1", "nothing is waited for that might come on standard input")
    /// A new verb of the protocol must not look as if it had succeeded.
    static let refusesUnknownVerb = should("cli.refuses-an-unknown-verb", "1.1", "an unknown verb does not end with 0")
    /// Runners wait a while, then kill, and the server keeps the connection.
    static let endsOnTerm = must(
        "process.ends-on-sigterm", "0.20", "SIGTERM in a read ends the source within 5 seconds")
    /// What has come would be taken for everything.
    static let termIsNoSuccess = must(
        "process.sigterm-is-no-success", "1.2", "a read that SIGTERM has cut does not end with exit code 0")
    /// The next sync goes on from the last STATE that has come.
    static let termKeepsPromises = must(
        "process.sigterm-keeps-states-true", "1.4", "no STATE of a read that SIGTERM has cut is ahead of its records")
    /// Nobody is left to read; it would run for ever.
    static let endsOnClosedPipe = must(
        "process.ends-on-a-closed-pipe", "1.4", "when the reader is gone the source ends within 30 seconds")
    /// Destinations are slower than sources.
    static let waitsForReader = must(
        "process.waits-in-flat-memory", "4.1", "while the reader stalls the source waits, in memory that does not grow")
    /// Destinations are slower than sources.
    static let losesNothingByWaiting = must(
        "process.loses-nothing-by-waiting", "4.1", "after the reader has stalled all records come")
    /// It may be read-only, a copy, or in use by others; CONTROL is there for changes.
    static let leavesConfiguration = must(
        "process.leaves-its-configuration-alone", "1.1", "the configuration file is the same after each run")
    /// Platforms read a pipe to its end, and containers have an end.
    static let leavesNothingRunning = should(
        "process.leaves-nothing-running", "4.1", "what a source has started ends with it")
    /// In the order in which they are told.
    static let process = [
        takesEqualsForm, takesAnyOrder, takesDebug, takesDashes, takesRelativePaths, leavesInput, refusesUnknownVerb,
        endsOnTerm,
        termIsNoSuccess, termKeepsPromises, endsOnClosedPipe, waitsForReader, losesNothingByWaiting,
        leavesConfiguration, leavesNothingRunning,
    ]
}
