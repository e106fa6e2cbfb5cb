/// What holds for each record.
extension Rule {
    /// Platforms drop others silently.
    static let recordIsWhole = must("record.has-its-parts", "2.4", "a RECORD has a stream and an object `data`")
    /// The protocol's own models refuse a fraction.
    static let recordIsStamped = must(
        "record.emitted-at-is-milliseconds", "2.4", "`emitted_at` is a whole number: milliseconds since 1970")
    /// Destinations take the version that was emitted last for the newest.
    static let recordIsStampedNow = should(
        "record.emitted-at-is-the-time-of-the-read", "6.4", "`emitted_at` is the time of the read, give or take a day")
    /// Platforms end the sync.
    static let recordIsAskedFor = must(
        "record.is-of-a-configured-stream", "0.14", "a RECORD is of a stream that was asked for")
    /// Platforms take it for another stream and end the sync.
    static let recordHasItsNamespace = must(
        "record.has-the-namespace-of-its-stream", "0.14",
        "a RECORD has the namespace of its stream, or none where that has none")
    /// Platforms drop it silently.
    static let recordIsNotEmpty = must("record.is-not-empty", "0.14", "`data` is not empty")
    /// Readers take the first, the last, or throw.
    static let recordMembersAreUnique = should("record.members-are-unique", "2.4", "no member of `data` comes twice")
    /// Destinations with typed columns fail or store null.
    static let recordFits = must(
        "record.fits-its-schema", "0.16", "`data` fits the schema of its stream, by strict JSON types")
    /// Destinations with typed columns fail or store null.
    static let recordDatesHaveForm = must(
        "record.dates-have-their-form", "2.10",
        "dates and times have the form that their `format` and `airbyte_type` name")
    /// Platforms end the sync.
    static let recordKeyIsNotNull = must(
        "record.key-is-not-null", "2.10", "no part of the primary key is null or missing")
    /// Destinations keep both, or any of the two.
    static let recordKeyIsUnique = must(
        "record.key-is-unique", "0.15", "no key comes twice in one read (in an incremental one: between two STATEs)")
    /// Destinations tell by it which version is the newer.
    static let recordCursorIsNotNull = should(
        "record.cursor-is-not-null", "2.10", "the cursor of an incremental stream is not null or missing")
    /// Destinations store it.
    static let recordMetaIsWellFormed = must(
        "record.meta-is-well-formed", "2.4", "`meta.changes` lists fields with a known change and reason")
    /// Strict checkers take 1.0 for no integer.
    static let recordIntegersAreWhole = should(
        "record.integers-are-plain", "2.10", "integers are written without a fraction or an exponent")
    /// The widest integer column of most databases.
    static let recordIntegersAreNarrow = should("record.integers-fit-64-bits", "2.10", "integers fit 64 bits")
    /// Many readers make infinity of it.
    static let recordNumbersAreFinite = should(
        "record.numbers-fit-a-double", "7.4", "numbers are not beyond what a double holds")
    /// Some databases drop the zone and keep the time of day.
    static let recordDatesAreUTC = should("record.dates-are-in-utc", "7.4", "times with a zone are in UTC")

    /// In the order in which they are told.
    static let record = [
        recordIsWhole, recordIsStamped, recordIsStampedNow, recordIsAskedFor, recordHasItsNamespace, recordIsNotEmpty,
        recordMembersAreUnique, recordFits, recordDatesHaveForm, recordKeyIsNotNull, recordKeyIsUnique,
        recordCursorIsNotNull, recordMetaIsWellFormed, recordIntegersAreWhole, recordIntegersAreNarrow,
        recordNumbersAreFinite, recordDatesAreUTC,
    ]
}
