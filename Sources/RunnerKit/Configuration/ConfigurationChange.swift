import JSONBytes

/// A configuration that a source has changed, brought into the file that it came from.
///
/// Only what the source has really changed is written: a member that is as it was given stays as the file has it now, with
/// its placeholder, and with what somebody has edited meanwhile. A null clears a member.
struct ConfigurationChange {
    /// What the source was given.
    let given: JSON
    /// What it says now.
    let changed: JSON
    /// The environment variables of the file, whose values are not written into it; nil where it is no file that is
    /// changed, and texts are what they are.
    let values: [String: String]?

    /// `file` with the change in it.
    func applied(to file: JSON) -> JSON { merge(file, given, changed) }

    private func merge(_ file: JSON?, _ given: JSON?, _ changed: JSON) -> JSON {
        if let file, let given, given.bytes == changed.bytes { return file }
        switch changed {
        case .object(let members): return .object(merge(file?.members ?? [], given, members))
        case .array(let elements):
            // Elements have no names; as long as none came or went they are told apart by their places.
            let before = given?.array, written = file?.array
            guard before?.count == elements.count, written?.count == elements.count else {
                return .array(elements.map { merge(nil, nil, $0) })
            }
            return .array(elements.indices.map { merge(written?[$0], before?[$0], elements[$0]) })
        case .string(let text): return .string(values.map { Placeholders.written(text, values: $0) } ?? text)
        case .null, .boolean, .number: return changed
        }
    }

    private func merge(_ file: [JSON.Member], _ given: JSON?, _ changed: [JSON.Member]) -> [JSON.Member] {
        var merged = file
        for member in changed {
            let before = given?.members?.last { $0.name.isExactly(member.name) }?.value
            // What somebody has taken out of the file meanwhile, and the source has left as it was, stays out.
            if let before, before.bytes == member.value.bytes { continue }
            let place = merged.lastIndex { $0.name.isExactly(member.name) }
            if member.value == .null {
                merged.removeAll { $0.name.isExactly(member.name) }
            } else if let place {
                merged[place].value = merge(merged[place].value, before, member.value)
            } else {
                merged.append(JSON.Member(name: member.name, value: merge(nil, nil, member.value)))
            }
        }
        return merged
    }
}
