/// A record that cannot go out as it stands, with the changes it needs.
package struct RecordRewriter {
    private let page: ScannedPage
    private let list: PageFormat.List
    private let entry: RecordEntry
    private var edits: [RecordEdit]

    /// The record at `row` of a list.
    package init(_ page: ScannedPage, at row: Int, of list: PageFormat.List) {
        self.page = page
        self.list = list
        entry = page.entry(row, list)
        edits = Array(page.index.edits[Int(entry.firstEdit)..<Int(entry.firstEdit + entry.editCount)])
    }

    /// At least as many bytes as `write` needs, besides the added fields.
    package var capacity: Int {
        page.body.withUnsafeBufferPointer { body in
            var length = Int(entry.end - entry.start)
            for edit in edits {
                if case .null(let key, _) = edit.replacement {
                    length += stringEnd(body, key) - Int(key)
                }
            }
            return length * (entry.needs.isEmpty ? 1 : TextFilter.growth) + (edits.count + 1) * 128
        }
    }

    /// Writes the record, with `added` members behind its opening brace, and its `meta` behind it.
    package func write(added: AddedFields, to output: inout LineWriter) {
        page.body.withUnsafeBufferPointer { body in
            var position = Int(entry.start)
            if !added.isEmpty {
                output.put(UInt8(ascii: "{"))
                output.put(added.bytes)
                output.put(UInt8(ascii: ","))
                position += 1
            }
            for edit in edits {
                copy(body, position..<Int(edit.start), &output)
                write(edit.replacement, &output)
                position = Int(edit.end)
            }
            copy(body, position..<Int(entry.end), &output)
            writeChanges(body, &output)
        }
    }

    /// Nulls the largest fields that are not probed until about `excess` bytes are gone, or at least one field.
    ///
    /// Returns false when there is no field left to null.
    package mutating func shrink(by excess: Int) -> Bool {
        let table = page.plan.tables[list.number]
        var members = page.body.withUnsafeBufferPointer { body in
            Member.all(of: body, object: Int(entry.start)).filter { !table.isProbed($0.name) && !isGone($0) }
        }
        members.sort { $0.value.count > $1.value.count }
        var saved = 0
        for member in members where saved < excess && member.value.count > 4 {
            saved += member.value.count
            edits.removeAll { member.value.contains(Int($0.start)) || Int($0.end) == member.value.upperBound }
            let replacement = RecordEdit.Replacement.null(key: UInt32(member.key), .recordSize)
            let place = edits.firstIndex { Int($0.start) >= member.value.upperBound } ?? edits.endIndex
            edits.insert(
                RecordEdit(
                    start: UInt32(member.value.lowerBound), end: UInt32(member.value.upperBound),
                    replacement: replacement), at: place)
        }
        return saved > 0
    }

    /// The names of the fields that `shrink(by:)` nulled.
    package var fieldsLost: [String] {
        page.body.withUnsafeBufferPointer { body in
            edits.compactMap { edit in
                guard case .null(let key, .recordSize) = edit.replacement else { return nil }
                let raw = body[(Int(key) + 1)..<(stringEnd(body, key) - 1)]
                return String(decoding: JSONText.outgoing(UnsafeBufferPointer(rebasing: raw)), as: UTF8.self)
            }
        }
    }

    private func isGone(_ member: Member) -> Bool {
        edits.contains { edit in
            guard Int(edit.start) <= member.value.lowerBound, member.value.upperBound <= Int(edit.end) else {
                return false
            }
            return switch edit.replacement {
            case .nothing, .null, .word: true
            case .timestamp, .byte: false
            }
        }
    }

    private func copy(_ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ output: inout LineWriter) {
        let segment = UnsafeBufferPointer(rebasing: body[range])
        if entry.needs.isEmpty {
            if let start = segment.baseAddress { output.put(start, segment.count) }
        } else {
            output.position = TextFilter.copy(
                segment, to: output.position, masking: entry.needs.contains(.masking))
        }
    }

    private func write(_ replacement: RecordEdit.Replacement, _ output: inout LineWriter) {
        switch replacement {
        case .nothing: break
        case .null: output.put("null")
        case .timestamp(let milliseconds):
            output.put(UInt8(ascii: "\""))
            output.put(Timestamp.bytes(milliseconds))
            output.put(UInt8(ascii: "\""))
        case .byte(let byte): output.put(byte)
        case .word(let word): output.put(word.text)
        }
    }

    private func writeChanges(_ body: UnsafeBufferPointer<UInt8>, _ output: inout LineWriter) {
        var isFirst = true
        for case .null(let key, let reason) in edits.lazy.map(\.replacement) {
            output.put(isFirst ? #","meta":{"changes":["# : ",")
            isFirst = false
            output.put(#"{"field":"#)
            copy(body, Int(key)..<stringEnd(body, key), &output)
            output.put(#","change":"NULLED","reason":""#)
            output.put(Array(reason.rawValue.utf8))
            output.put(#""}"#)
        }
        if !isFirst { output.put("]}") }
    }

    /// One top-level member.
    private struct Member {
        /// Where its key's quote is.
        let key: Int
        /// The key's text.
        let name: [UInt8]
        /// Bytes of the page that the value takes.
        let value: Range<Int>

        /// The members of the object whose brace is at `object`, in text that is known to be JSON.
        static func all(of body: UnsafeBufferPointer<UInt8>, object: Int) -> [Member] {
            var members: [Member] = []
            do throws(JSONError) {
                var cursor = JSONCursor(body, at: object)
                try cursor.expect(UInt8(ascii: "{"))
                while try cursor.hasMember(first: members.isEmpty) {
                    let name = try cursor.memberName()
                    let value = try cursor.value().whole
                    members.append(Member(key: name.whole.lowerBound, name: name.unescaped(in: body), value: value))
                }
            } catch {
                preconditionFailure("a scanned page is broken: \(error)")
            }
            return members
        }
    }
}

/// Behind the string whose quote is at `start`, in text that is known to be JSON.
private func stringEnd(_ body: UnsafeBufferPointer<UInt8>, _ start: UInt32) -> Int {
    var index = Int(start) + 1
    while body[index] != UInt8(ascii: "\"") { index += body[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return index + 1
}
