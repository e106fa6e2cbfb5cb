import JSONBytes

/// One stream of the configured catalog.
package struct ConfiguredStream: Sendable, Hashable {
    /// The stream's name.
    package let name: String
    /// How to read it.
    package let syncMode: SyncMode
}

/// The streams a `read` is asked for, as the connector judges them.
///
/// The runner does not judge: it hands a configured catalog that it is given on untouched, and whether an entry will do is for the source to
/// say. So it reads catalogs into plans of its own (`StreamPlan`).
package struct ConfiguredCatalog: Sendable, Hashable {
    /// The streams in the catalog's order, each name once: a repeated one keeps its first place and its last entry.
    package let streams: [ConfiguredStream]

    /// Parses a catalog file, also one that `discover` has written (`CatalogFile`): a stream that is only offered is read
    /// incrementally where it can be.
    ///
    /// - Throws: `InputError` when it is not a catalog, or names the stream whose `sync_mode` is unknown.
    package static func parse(_ bytes: [UInt8]) throws(InputError) -> ConfiguredCatalog {
        var streams: [ConfiguredStream] = []
        for (index, entry) in try CatalogFile(parsing: bytes).entries.enumerated() {
            let stream: ConfiguredStream
            switch entry {
            case .configured(let entry): stream = try Self.stream(entry, number: index + 1)
            case .offered(let object): stream = try Self.offered(object, number: index + 1)
            }
            if let known = streams.firstIndex(where: { $0.name == stream.name }) {
                streams[known] = stream
            } else {
                streams.append(stream)
            }
        }
        return ConfiguredCatalog(streams: streams)
    }

    private static func offered(_ object: JSON, number: Int) throws(InputError) -> ConfiguredStream {
        guard let stream = DiscoveredStream(object), !stream.key.name.isEmpty else { throw unnamed(number) }
        return ConfiguredStream(
            name: stream.key.name, syncMode: stream.supportsIncremental ? .incremental : .fullRefresh)
    }

    private static func unnamed(_ number: Int) -> InputError {
        InputError("Stream number \(number) of the catalog file has no name.")
    }

    private static func stream(_ entry: JSON, number: Int) throws(InputError) -> ConfiguredStream {
        guard let name = entry["stream"]?["name"]?.string, !name.isEmpty else {
            throw unnamed(number)
        }
        let mode: SyncMode
        switch entry["sync_mode"] {
        case nil, .null:
            // Required by the protocol; reading everything is the choice that leaves nothing out.
            mode = .fullRefresh
        case .string(let text):
            guard let known = SyncMode(word: text) else {
                throw InputError(
                    #"Stream "\#(name)" of the catalog file has the sync mode "\#(text)"; it must be "# + choices)
            }
            mode = known
        default:
            throw InputError(
                #"Stream "\#(name)" of the catalog file has a sync mode that is no text; it must be "# + choices)
        }
        return ConfiguredStream(name: name, syncMode: mode)
    }

    private static let choices = #""full_refresh" or "incremental"."#
}
