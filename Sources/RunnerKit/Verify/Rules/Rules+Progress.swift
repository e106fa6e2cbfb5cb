/// What holds for STATE and for STREAM_STATUS.
extension Rule {
    static let stateIsWellFormed = must(
        "state.is-well-formed", "2.5", "a STATE has a known type and what that requires; a stream's state is an object")
    static let stateIsAskedFor = must("state.is-of-a-configured-stream", "2.5", "a STATE is of a stream that was asked for")
    static let stateFollowsRecords = must(
        "state.follows-the-last-record", "0.9", "in an incremental read a STATE follows the last record of each stream")
    static let stateFollowsFullRefresh = should(
        "state.follows-a-full-refresh", "2.10", "in a full refresh, too, a STATE follows the last record of each stream")
    static let stateCountIsRight = must(
        "state.count-is-right", "2.5", "`sourceStats.recordCount` is the number of records since the last STATE")
    static let stateHasNoID = must("state.has-no-id", "0.8", "a STATE has no `id`, which is the platform's")
    static let stateIsSmall = should("state.is-small", "2.5", "a STATE has less than 1 MB")
    static let stateIsNotRepeated = should(
        "state.moves-on", "2.10", "no STATE is the same as the one before with records in between")
    static let state = [
        stateIsWellFormed, stateIsAskedFor, stateFollowsRecords, stateFollowsFullRefresh, stateCountIsRight, stateHasNoID,
        stateIsSmall, stateIsNotRepeated,
    ]

    static let statusIsTold = should("status.is-told", "0.10", "the source sends STREAM_STATUS")
    static let statusOfEach = must(
        "status.is-told-of-each-stream", "0.10", "where it sends any STREAM_STATUS, it does so for each stream asked for")
    static let statusIsAskedFor = must(
        "status.is-of-a-configured-stream", "2.11", "a STREAM_STATUS is of a stream that was asked for")
    static let statusStartsFirst = must(
        "status.started-comes-first", "2.10", "STARTED comes once, before all else of its stream")
    static let statusRuns = must(
        "status.running-comes-between", "0.10", "RUNNING comes between STARTED and COMPLETE of a stream that has records")
    static let statusEndsWithComplete = must(
        "status.complete-comes-last", "0.10", "COMPLETE comes once for each stream of a read that succeeds")
    static let statusNothingFollows = must(
        "status.no-record-follows-complete", "2.10", "no record of a stream follows its COMPLETE")
    static let status = [
        statusIsTold, statusOfEach, statusIsAskedFor, statusStartsFirst, statusRuns, statusEndsWithComplete,
        statusNothingFollows,
    ]
}
