/// How a stream is to be read; the raw value is the protocol's word.
package enum SyncMode: String, Sendable {
    /// Everything, each time.
    case fullRefresh = "full_refresh"
    /// What changed since the given state.
    case incremental
}

/// One stream of the configured catalog.
package struct ConfiguredStream: Sendable, Hashable {
    /// The stream's name.
    package let name: String
    /// The namespace, if the runner set one.
    package let namespace: String?
    /// How to read it.
    package let syncMode: SyncMode
    /// The whole catalog entry as it came.
    package let document: JSONValue
}

/// The streams a `read` is asked for, in order.
package struct ConfiguredCatalog: Sendable, Hashable {
    /// The streams, in the catalog's order, each name once (a repeated one keeps its last entry).
    package let streams: [ConfiguredStream]

    /// Parses a catalog file: unknown keys, nulls, repeated keys, a byte order mark and CRLF are fine.
    ///
    /// - Throws: `InputError` when it is not a catalog, or names the stream whose `sync_mode` is unknown.
    package static func parse(_ bytes: [UInt8]) throws(InputError) -> ConfiguredCatalog { fatalError("body follows") }
}
