package import JSONBytes

/// The state file given to `read --state`.
package enum StateInput {
    /// Parses the state by stream name, in each shape runners are known to send.
    ///
    /// Those are: nothing at all, `null`, `[]`, `{}`; a list of STATE messages or of their `state` parts; one such message;
    /// one message a line; GLOBAL and LEGACY states; and a plain object of stream states by name. A null state is no state.
    /// When a stream comes twice, the later state counts.
    ///
    /// - Throws: `InputError` when the bytes are not JSON, or not a state.
    package static func parse(_ bytes: [UInt8]) throws(InputError) -> [String: JSON] {
        var states: [String: JSON] = [:]
        for document in try documents(bytes) { try collect(document, into: &states) }
        return states
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
            var documents: [JSON] = []
            for line in lines {
                do throws(JSONError) {
                    documents.append(try JSON(parsing: Array(line)))
                } catch {
                    throw InputError(
                        "The state file is \(whole). Give the last state unchanged, or none to start over.")
                }
            }
            return documents
        }
    }

    private static func collect(_ document: JSON, into states: inout [String: JSON]) throws(InputError) {
        switch document {
        case .null:
            return
        case .array(let elements):
            for element in elements { try collect(element, into: &states) }
        case .object:
            let members = document.dictionary ?? [:]
            if members["type"]?.string == "STATE", let state = members["state"] {
                try collect(state, into: &states)
            } else if let list = members["airbyte_state"], list != .null {
                try collect(list, into: &states)
            } else {
                collect(state: members, into: &states)
            }
        default:
            throw InputError("The state file holds no state. Give the last state unchanged, or none to start over.")
        }
    }

    /// One state: STREAM, GLOBAL or LEGACY, told apart by what it holds, because `type` may be missing.
    private static func collect(state: [String: JSON], into states: inout [String: JSON]) {
        if let stream = state["stream"]?.dictionary {
            add(stream, to: &states)
        } else if let global = (state["global"] ?? .null).dictionary ?? state["global_"]?.dictionary {
            for stream in global["stream_states"]?.array ?? [] {
                if let stream = stream.dictionary { add(stream, to: &states) }
            }
        } else if state["stream_descriptor"]?.dictionary != nil {
            add(state, to: &states)
        } else if let data = state["data"]?.dictionary {
            addPlain(data, to: &states)
        } else if state["type"] == nil {
            addPlain(state, to: &states)
        }
    }

    private static func add(_ stream: [String: JSON], to states: inout [String: JSON]) {
        guard let name = stream["stream_descriptor"]?["name"]?.string else { return }
        states[name] = stream["stream_state"].flatMap { $0 == .null ? nil : $0 }
    }

    /// States by stream name, as LEGACY states and hand-written files have them.
    private static func addPlain(_ members: [String: JSON], to states: inout [String: JSON]) {
        for (name, state) in members where state.dictionary != nil { states[name] = state }
    }
}
