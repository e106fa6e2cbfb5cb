/// What holds for whole reads and for several of them together.
extension Rule {
    /// The exit code is the truth.
    static let readEndsWell = must("read.ends-with-zero", "1.2", "`read` of all streams ends with exit code 0")
    /// What has not come would be deleted at the destination.
    static let readFailureIsTold = must(
        "read.failure-is-told", "0.7",
        "`read` that cannot bring everything says why in a TRACE ERROR and does not end with 0")
    /// Without a record little can be verified.
    static let readBringsRecords = should("read.brings-records", "6.3", "there is a record in at least one stream")
    /// What comes only sometimes is lost sometimes.
    static let readTwiceIsSame = must(
        "read.twice-brings-the-same", "6.4", "two full reads of data that stand still bring the same records")
    /// What changes by itself is written anew with each sync.
    static let readTwiceHasSameValues = should(
        "read.twice-brings-the-same-values", "6.4", "two full reads of data that stand still bring the same values")
    /// Times are UTC wherever the source runs.
    static let readIgnoresZone = should(
        "read.ignores-the-time-zone", "0.16", "a read brings the same values in whatever time zone the machine is")
    /// PyAirbyte hands it back to the next read.
    static let readStateIsInert = should(
        "read.full-refresh-ignores-its-state", "2.10",
        "the state of a full refresh that is not resumable suppresses nothing")
    /// In the order in which they are told.
    static let read = [
        readEndsWell, readFailureIsTold, readBringsRecords, readTwiceIsSame, readTwiceHasSameValues, readIgnoresZone,
        readStateIsInert,
    ]

    /// Nothing fetches later what the first read leaves out.
    static let incrementalIsWhole = must(
        "incremental.first-read-is-whole", "6.4",
        "an incremental read without a state brings all that a full refresh does")
    /// A sync that broke off could not go on.
    static let incrementalEndsWell = must(
        "incremental.goes-on-from-each-state", "6.4",
        "`read` takes each state that it has sent, and ends with exit code 0")
    /// What is lost between two syncs is lost for good.
    static let incrementalLosesNothing = must(
        "incremental.loses-nothing", "6.4",
        "what came before a STATE and what comes when a read goes on from it are together all records")
    /// Otherwise every sync reads everything.
    static let incrementalSavesWork = should(
        "incremental.uses-its-state", "6.4", "a read that goes on from the last state brings less than the first one")
    /// In the order in which they are told.
    static let incremental = [incrementalIsWhole, incrementalEndsWell, incrementalLosesNothing, incrementalSavesWork]
}
