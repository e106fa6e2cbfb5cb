/// What holds for each line of each run.
extension Rule {
    /// Stricter runners throw at the first line of another kind.
    static let outputIsJSON = must(
        "output.is-json-lines", "0.1", "every line of standard output is one JSON object")
    /// A line that cannot be decoded is dropped, or ends the run.
    static let outputIsUTF8 = must("output.is-utf8", "0.1", "standard output is valid UTF-8")
    /// Python writes them unasked; other readers take the whole line for broken.
    static let outputIsFinite = must(
        "output.numbers-are-finite", "2.10", "no NaN and no Infinity, which are not JSON")
    /// Some runners crash without a type, and warn of an unknown one.
    static let outputHasTypes = must(
        "output.has-known-types", "2", "every message has a `type` that the protocol knows")
    /// The commonest reason is a wrong name of the member.
    static let outputHasPayload = must(
        "output.has-its-payload", "2", "every message has the object that its type names")
    /// Some runners take the first message that is no LOG or TRACE for the answer.
    static let outputBelongs = must(
        "output.belongs-to-the-verb", "1.1",
        "a verb sends only messages that are its own, beside LOG, TRACE and CONTROL")
    /// The limit of the narrowest reader.
    static let outputIsShort = must("output.lines-are-short", "0.4", "no line has 10 MiB or more")
    /// Readers that split text at every kind of line break cut the message in two.
    static let outputHasNoSeparators = must(
        "output.has-no-line-separators", "0.2", "U+2028, U+2029 and U+0085 are escaped")
    /// Readers that decode strictly lose the record without a word.
    static let outputHasNoLoneSurrogates = must(
        "output.has-no-lone-surrogates", "0.3", "no half of a surrogate pair stands alone")
    /// PostgreSQL has no text with it.
    static let outputHasNoNUL = should("output.has-no-nul", "7.4", "no text holds U+0000, which databases refuse")
    /// A reader that waits for the line feed waits for ever.
    static let outputEndsWithNewline = should(
        "output.ends-with-a-newline", "0.1", "the last line ends with a line feed, too")
    /// Logs are kept and shown.
    static let outputHidesSecrets = must(
        "output.hides-secrets", "6.3", "no secret of the configuration stands in standard output or standard error")
    /// Platforms end what is silent for long.
    static let outputIsAlive = must(
        "output.does-not-fall-silent", "4.5", "a run says something within the limit of --silence, and ends")
    /// A runner that does not read standard error leaves a source hanging that fills the pipe.
    static let errorsAreFew = should(
        "output.keeps-stderr-small", "0.19", "standard error stays below the 64 KiB that a runner may leave in the pipe"
    )

    /// In the order in which they are told.
    static let output = [
        outputIsJSON, outputIsUTF8, outputIsFinite, outputHasTypes, outputHasPayload, outputBelongs, outputIsShort,
        outputHasNoSeparators, outputHasNoLoneSurrogates, outputHasNoNUL, outputEndsWithNewline, outputHidesSecrets,
        outputIsAlive, errorsAreFew,
    ]
}
