/// How a stream is to be read; the raw value is the protocol's word.
package enum SyncMode: String, Sendable {
    /// Everything, each time.
    case fullRefresh = "full_refresh"
    /// What changed since the given state.
    case incremental

    /// The mode that `word` names in any case of letters; nil for other words.
    package init?(word: String) { self.init(rawValue: word.lowercased()) }
}
