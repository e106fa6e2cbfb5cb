/// What holds for STATE and for STREAM_STATUS.
extension Rule {
    /// Platforms drop others, and nothing is saved.
    static let stateIsWellFormed = must(
        "state.is-well-formed", "2.5", "a STATE has a known type and what that requires; a stream's state is an object")
    /// Destinations throw.
    static let stateIsAskedFor = must(
        "state.is-of-a-configured-stream", "2.5", "a STATE is of a stream that was asked for")
    /// Destinations throw at the second kind.
    static let stateIsOfOneKind = must(
        "state.is-of-one-kind", "8.4", "the STATEs of a read are each about one stream, or all about all streams")
    /// What follows the last STATE is read again, or counted as lost.
    static let stateFollowsRecords = must(
        "state.follows-the-last-record", "0.9", "in an incremental read a STATE follows the last record of each stream")
    /// Platforms put one in where it is missing.
    static let stateFollowsFullRefresh = should(
        "state.follows-a-full-refresh", "2.10", "in a full refresh, too, a STATE follows the last record of each stream"
    )
    /// Platforms compare it with what arrived.
    static let stateCountIsRight = must(
        "state.count-is-right", "2.5", "`sourceStats.recordCount` is the number of records since the last STATE")
    /// Platforms add their own.
    static let stateHasNoID = must("state.has-no-id", "0.8", "a STATE has no `id`, which is the platform's")
    /// It is stored in a database and sent back and forth.
    static let stateIsSmall = should("state.is-small", "2.5", "a STATE has less than 1 MB")
    /// Some runners skip it, and with it what came before.
    static let stateIsNotRepeated = should(
        "state.moves-on", "2.10", "no STATE is the same as the one before with records in between")
    /// In the order in which they are told.
    static let state = [
        stateIsWellFormed, stateIsAskedFor, stateIsOfOneKind, stateFollowsRecords, stateFollowsFullRefresh,
        stateCountIsRight, stateHasNoID, stateIsSmall, stateIsNotRepeated,
    ]

    /// Old sources send none; destinations then learn of the end only from the exit code.
    static let statusIsTold = should("status.is-told", "0.10", "the source sends STREAM_STATUS")
    /// Destinations wait for the end of each stream.
    static let statusOfEach = must(
        "status.is-told-of-each-stream", "0.10",
        "where it sends any STREAM_STATUS, it does so for each stream asked for")
    /// Platforms end the sync.
    static let statusIsAskedFor = must(
        "status.is-of-a-configured-stream", "2.11", "a STREAM_STATUS is of a stream that was asked for")
    /// Runners keep the streams' accounts by it.
    static let statusStartsFirst = must(
        "status.started-comes-first", "2.10", "STARTED comes once, before all else of its stream")
    /// Platforms show a stream as running by it.
    static let statusRuns = must(
        "status.running-comes-between", "0.10",
        "RUNNING comes between STARTED and COMPLETE of a stream that has records")
    /// Without it a stream is not known to be whole.
    static let statusEndsWithComplete = must(
        "status.complete-comes-last", "0.10", "COMPLETE comes once for each stream of a read that succeeds")
    /// What was left out would be deleted at the destination.
    static let statusCompleteIsTrue = must(
        "status.complete-is-true", "0.7", "in a read that fails no stream is COMPLETE whose records have not all come")
    /// The stream has been closed.
    static let statusNothingFollows = must(
        "status.no-record-follows-complete", "2.10", "no record of a stream follows its COMPLETE")
    /// In the order in which they are told.
    static let status = [
        statusIsTold, statusOfEach, statusIsAskedFor, statusStartsFirst, statusRuns, statusEndsWithComplete,
        statusCompleteIsTrue, statusNothingFollows,
    ]
}
