package import JSONBytes

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
    package let document: JSON
}

/// The streams a `read` is asked for.
package struct ConfiguredCatalog: Sendable, Hashable {
    /// The streams in the catalog's order, each name once: a repeated one keeps its first place and its last entry.
    package let streams: [ConfiguredStream]

    /// Parses a catalog file: unknown keys, nulls, repeated keys, a byte order mark and CRLF are fine.
    ///
    /// - Throws: `InputError` when it is not a catalog, or names the stream whose `sync_mode` is unknown.
    package static func parse(_ bytes: [UInt8]) throws(InputError) -> ConfiguredCatalog {
        let document: JSON
        do throws(JSONError) {
            document = try JSON(parsing: bytes)
        } catch {
            throw InputError("The catalog file is \(error). Create it from the output of discover.")
        }
        guard let entries = document["streams"]?.array else {
            throw InputError(#"The catalog file has no list "streams". Create it from the output of discover."#)
        }
        var streams: [ConfiguredStream] = []
        for (index, entry) in entries.enumerated() {
            let stream = try Self.stream(entry, number: index + 1)
            if let known = streams.firstIndex(where: { $0.name == stream.name }) {
                streams[known] = stream
            } else {
                streams.append(stream)
            }
        }
        return ConfiguredCatalog(streams: streams)
    }

    private static func stream(_ entry: JSON, number: Int) throws(InputError) -> ConfiguredStream {
        guard let name = entry["stream"]?["name"]?.string, !name.isEmpty else {
            throw InputError("Stream number \(number) of the catalog file has no name.")
        }
        let mode: SyncMode
        switch entry["sync_mode"] {
        case nil, .null:
            // Required by the protocol; reading everything is the choice that leaves nothing out.
            mode = .fullRefresh
        case .string(let text):
            guard let known = SyncMode(rawValue: text.lowercased()) else {
                throw InputError(
                    #"Stream "\#(name)" of the catalog file has the sync mode "\#(text)"; it must be "# + choices)
            }
            mode = known
        default:
            throw InputError(
                #"Stream "\#(name)" of the catalog file has a sync mode that is no text; it must be "# + choices)
        }
        return ConfiguredStream(
            name: name, namespace: entry["stream"]?["namespace"]?.string, syncMode: mode, document: entry)
    }

    private static let choices = #""full_refresh" or "incremental"."#
}
