/// What people in the sandbox are called and say.
enum Phrases {
    /// Given names.
    static let names = [
        "Ines", "Tom", "Yara", "Björn", "Chloé", "Dmitri", "Eun-ji", "Fatima", "Goran", "Hana", "Ivo", "Jürgen", "Kofi",
        "Lena", "Mirek", "Noor", "Otto", "Paula", "Quim", "Rosa", "Søren", "Tariq", "Uma", "Vera", "Wei", "Xenia",
        "Yusuf", "Zoë",
    ]
    /// Family names.
    static let families = [
        "Adler", "Brandt", "Costa", "Dvořák", "Egger", "Flores", "Grünwald", "Haddad", "Ito", "Jansen", "Kaya", "Lind",
        "Mbeki", "Nowak", "Okafor", "Petrov", "Quispe", "Rossi", "Suzuki", "Tanaka", "Urban", "Vogel", "Wang", "Young",
    ]
    /// Topics of rooms.
    static let topics = [
        "ops", "design", "billing", "incidents", "release", "support", "random", "hiring", "security", "data", "mobile",
        "backend", "frontend", "legal", "events", "lunch", "travel", "research", "infra", "docs",
    ]
    /// Openings of messages.
    static let openings = [
        "the deploy went through", "disk is full on *db2*", "can somebody look at this?", "morning all",
        "review is up", "numbers for last week are in", "customer called again", "done", "that is odd",
        "I will be late today", "the build is _red_ since noon", "meeting moved to three", "found the cause",
        "who owns this service?", "works on my side", "rolled back", "thanks, that helped", "logs are attached above",
        "please use the staging host", "invoice 4711 is wrong",
    ]
    /// Continuations of messages.
    static let continuations = [
        "and the queue is empty again", "but only with the new client", "so let us wait until tomorrow",
        "as we agreed on Monday", "see the notes of the last call", "which nobody expected",
        "before the window closes", "after lunch", "with `retry=3` it is fine", "for the second time this week",
        "and it costs us two minutes per run", "\nfirst line\nsecond line", "\\o/ \"finally\"", "if that is all right",
        "because the certificate ran out", "without touching production",
    ]
    /// Encoded texts that have tripped consumers: astral characters, line separators, NUL, lone surrogates, controls.
    static let oddities = [
        "\"\u{1F600} astral \u{1D11E} and \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} family\"",
        "\"line\u{2028}separator\u{2029}and\u{85}next\"", "\"nul \\u0000 inside\"", "\"high \\ud83d alone\"",
        "\"low \\ude00 alone\"", "\"bell \\u0007 and escape \\u001b[31m\"", "\"日本語と العربية und עברית\"",
        "\"tab\\tquote\\\"backslash\\\\slash/\"", "\"e\u{301} combining, \u{FEFF}bom, \u{202E}rtl\"", "\"\"",
    ]
    /// Reactions.
    static let emojis = [":thumbsup:", ":eyes:", ":tada:", ":+1:", ":smile:", ":rocket:", ":warning:"]
    /// Link targets.
    static let links = [
        "https://example.org/runbook", "https://example.org/dash?id=42&x=1", "https://example.com/a/b#c",
        "https://tickets.example.net/T-1009",
    ]
}
