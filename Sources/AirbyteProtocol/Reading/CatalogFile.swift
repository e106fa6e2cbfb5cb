package import JSONBytes

/// A file that says which streams are to be read: a configured catalog, or simply what `discover` printed, as a catalog, as
/// its CATALOG message or with the log lines around it.
package struct CatalogFile: Sendable {
    /// One of its streams.
    package enum Entry: Sendable, Hashable {
        /// As a runner configures it, with `stream` and `sync_mode`.
        case configured(JSON)
        /// As a source offers it.
        case offered(JSON)
    }

    /// In the order of the file.
    package let entries: [Entry]

    /// Reads the content of a file: unknown keys, nulls, repeated keys, a byte order mark and CRLF are fine.
    package init(parsing bytes: [UInt8]) throws(InputError) {
        guard let streams = try Self.catalog(in: bytes)["streams"]?.array else {
            throw InputError(#"The catalog file has no list "streams". Create it from the output of discover."#)
        }
        entries = streams.map { entry in
            entry["stream"] == nil && entry["name"]?.string != nil ? .offered(entry) : .configured(entry)
        }
    }

    private static func catalog(in bytes: [UInt8]) throws(InputError) -> JSON {
        do throws(JSONError) {
            let document = try JSON(parsing: bytes)
            return document["catalog"] ?? document
        } catch {
            // Several messages are several documents, one a line.
            let messages = bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSON(parsing: Array($0)) }
            if let catalog = messages.last(where: { $0["type"]?.string == MessageType.catalog.rawValue })?["catalog"] {
                return catalog
            }
            guard messages.isEmpty || messages.allSatisfy({ $0["type"] == nil }) else {
                throw InputError("The catalog file holds messages and no CATALOG among them. Did discover fail?")
            }
            throw InputError(
                "The catalog file \(Misfit(bytes)?.sentence ?? "is \(error)"). Create it from the output of discover.")
        }
    }
}
