import JSONBytes

extension StateFile {
    /// Reads a state file in each shape that such files are known to come in.
    ///
    /// Those are: nothing at all, `null`, `[]`, `{}`; a list of STATE messages or of their `state` parts, one such message, or
    /// one message a line, with other messages between them; lists of `{stream_descriptor, stream_state}`, in camel case,
    /// too; a list under `airbyte_state`; GLOBAL and LEGACY states; and a plain object of stream states by name. A null
    /// state is no state. When a stream comes twice, the later state counts.
    ///
    /// - Throws: `InputError` when the bytes are not JSON, or not a state.
    package init(parsing bytes: [UInt8]) throws(InputError) {
        for document in try Self.documents(bytes) { try take(document) }
    }

    /// The documents of the file: one, or one per line.
    private static func documents(_ bytes: [UInt8]) throws(InputError) -> [JSON] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        if text.allSatisfy({ $0 <= 0x20 }) { return [] }
        do throws(JSONError) {
            return [try JSON(parsing: Array(text))]
        } catch let whole {
            let lines = text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
                .filter { line in !line.allSatisfy { $0 <= 0x20 } }
            return try lines.map { line throws(InputError) in
                // Not JSON Lines either: the fault of the whole text is the one that helps.
                guard let document = try? JSON(parsing: Array(line)) else {
                    throw InputError(
                        "The state file is \(whole). Give the last state unchanged, or none to start over.")
                }
                return document
            }
        }
    }

    private mutating func take(_ document: JSON) throws(InputError) {
        switch document {
        case .null:
            return
        case .array(let elements):
            for element in elements { try take(element) }
        case .object(let members) where members.isEmpty:
            return
        case .object:
            if document["type"]?.string == MessageType.state.rawValue || document["state"]?["stream"] != nil,
                let payload = document["state"]
            {
                try take(payload)
            } else if let list = document["airbyte_state"] {
                try take(list)
            } else if document["stream_descriptor"] ?? document["streamDescriptor"] != nil {
                apply(.object(["stream": document]))
            } else if !apply(document), document["type"] == nil {
                legacy = document
            }
        default:
            throw InputError("The state file holds no state. Give the last state unchanged, or none to start over.")
        }
    }
}
