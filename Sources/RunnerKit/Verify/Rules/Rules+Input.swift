/// What a source has to take, what it has to refuse, and how it lives as a process.
extension Rule {
    static let takesEmptyList = must("state.takes-an-empty-list", "0.11", "a state file `[]` is as good as none")
    static let takesEmptyObject = must("state.takes-an-empty-object", "0.11", "a state file `{}` is as good as none")
    static let takesEmptyFile = should("state.takes-an-empty-file", "0.11", "a state file without a byte is as good as none")
    static let takesNulls = must(
        "state.takes-nulls", "0.11", "a state whose `stream_state` and other parts are null is as good as none")
    static let takesForeign = must(
        "state.takes-foreign-states", "0.11", "the state of a stream that the source does not have is ignored")
    static let takesPyAirbyte = must(
        "state.takes-pyairbyte-form", "7.3", "unknown and repeated members and an `id` beside a state are ignored")
    static let takesGiven = must("state.takes-the-given-one", "0.11", "the state of --state is accepted")
    static let takesLenientCatalog = must(
        "catalog.takes-what-runners-send", "0.12", "an empty json_schema, nulls and unknown members of a catalog are accepted")
    static let takesIncremental = must(
        "catalog.takes-incremental-for-all", "0.12", "sync_mode incremental is accepted for a stream without it")
    static let obeysSelection = must(
        "catalog.one-stream-can-be-read", "0.14", "a catalog of one stream brings the records of that stream")
    static let refusesUnknownStream = must(
        "catalog.refuses-an-unknown-stream", "0.13", "an unknown stream gives a TRACE ERROR and an exit code that is not 0")
    static let refusesUnknownMode = must(
        "catalog.refuses-an-unknown-mode", "0.13", "an unknown sync_mode gives a TRACE ERROR and an exit code that is not 0")
    static let refusesBrokenCatalog = must(
        "catalog.refuses-what-is-no-json", "1.2", "a catalog file that is no JSON fails `read`")
    static let input = [
        takesEmptyList, takesEmptyObject, takesEmptyFile, takesNulls, takesForeign, takesPyAirbyte, takesGiven,
        takesLenientCatalog, takesIncremental, obeysSelection, refusesUnknownStream, refusesUnknownMode,
        refusesBrokenCatalog,
    ]

    static let takesEqualsForm = should("cli.takes-equals-signs", "0.18", "`--config=FILE` is accepted")
    static let takesDebug = should("cli.takes-debug", "0.18", "`--debug` behind the verb is accepted")
    static let takesDashes = should("cli.takes-leading-dashes", "0.18", "`--` before the verb is accepted")
    static let takesRelativePaths = must(
        "cli.takes-any-file-name", "1.1", "relative paths, names without `.json` and read-only files are accepted")
    static let refusesUnknownVerb = should("cli.refuses-an-unknown-verb", "1.1", "an unknown verb does not end with 0")
    static let endsOnTerm = must("process.ends-on-sigterm", "0.20", "SIGTERM in a read ends the source within 5 seconds")
    static let termIsNoSuccess = must(
        "process.sigterm-is-no-success", "1.2", "a read that SIGTERM has cut does not end with exit code 0")
    static let termKeepsPromises = must(
        "process.sigterm-keeps-states-true", "1.4", "no STATE of a read that SIGTERM has cut is ahead of its records")
    static let endsOnClosedPipe = must(
        "process.ends-on-a-closed-pipe", "1.4", "when the reader is gone the source ends within 10 seconds")
    static let waitsForReader = must(
        "process.waits-in-flat-memory", "4.1", "while the reader stalls the source waits, in memory that does not grow")
    static let losesNothingByWaiting = must(
        "process.loses-nothing-by-waiting", "4.1", "after the reader has stalled all records come")
    static let process = [
        takesEqualsForm, takesDebug, takesDashes, takesRelativePaths, refusesUnknownVerb, endsOnTerm, termIsNoSuccess,
        termKeepsPromises, endsOnClosedPipe, waitsForReader, losesNothingByWaiting,
    ]
}
