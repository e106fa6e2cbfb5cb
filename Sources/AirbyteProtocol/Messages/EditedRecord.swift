/// A record that cannot go out as it stands, with the changes it needs.
struct EditedRecord {
    private let page: ScannedPage
    private let list: Int
    private let entry: RecordEntry
    private var edits: [RecordEdit]

    /// The record at `entry`, an element of the page's list number `list`.
    init(page: ScannedPage, list: Int, entry: RecordEntry) {
        self.page = page
        self.list = list
        self.entry = entry
        edits = Array(page.index.edits[Int(entry.firstEdit)..<Int(entry.firstEdit + entry.editCount)])
    }

    /// At least as many bytes as `write` needs, besides the added fields.
    var capacity: Int {
        page.body.withUnsafeBufferPointer { body in
            var length = Int(entry.end - entry.start)
            for edit in edits {
                if case .null(let key, _) = edit.replacement {
                    length += MemberWalk.stringEnd(body, Int(key)) - Int(key)
                }
            }
            return length * (entry.needs.isEmpty ? 1 : TextFilter.growth) + (edits.count + 1) * 128
        }
    }

    /// Writes the record, with `added` members behind its opening brace, its `meta`, and the end of the line.
    func write(added: [UInt8], to output: inout LineWriter) {
        page.body.withUnsafeBufferPointer { body in
            var position = Int(entry.start)
            if !added.isEmpty {
                output.put(UInt8(ascii: "{"))
                output.put(added)
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
        output.put(RecordLine.tail)
    }

    /// Nulls the largest fields that are not probed until about `excess` bytes are gone, or at least one field.
    ///
    /// Returns false when there is no field left to null.
    mutating func shrink(by excess: Int) -> Bool {
        let shape = page.plan.shapes[list]
        var members = page.body.withUnsafeBufferPointer { body in
            var walk = MemberWalk(body, object: Int(entry.start))
            var members: [MemberWalk.Member] = []
            while let member = walk.next() {
                if !shape.isProbed(member.key(in: body)), !isGone(member) { members.append(member) }
            }
            return members
        }
        members.sort { $0.value.count > $1.value.count }
        var saved = 0
        for member in members where saved < excess && member.value.count > 4 {
            saved += member.value.count
            edits.removeAll { member.value.contains(Int($0.start)) || Int($0.end) == member.value.upperBound }
            let replacement = RecordEdit.Replacement.null(key: UInt32(member.key.lowerBound), .recordSize)
            let place = edits.firstIndex { Int($0.start) >= member.value.upperBound } ?? edits.endIndex
            edits.insert(
                RecordEdit(
                    start: UInt32(member.value.lowerBound), end: UInt32(member.value.upperBound),
                    replacement: replacement), at: place)
        }
        return saved > 0
    }

    /// The names of the fields that `shrink(by:)` nulled.
    var fieldsLost: [String] {
        page.body.withUnsafeBufferPointer { body in
            edits.compactMap { edit in
                guard case .null(let key, .recordSize) = edit.replacement else { return nil }
                let raw = body[(Int(key) + 1)..<(MemberWalk.stringEnd(body, Int(key)) - 1)]
                return String(decoding: JSONText.outgoing(UnsafeBufferPointer(rebasing: raw)), as: UTF8.self)
            }
        }
    }

    private func isGone(_ member: MemberWalk.Member) -> Bool {
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
            copy(body, Int(key)..<MemberWalk.stringEnd(body, Int(key)), &output)
            output.put(#","change":"NULLED","reason":""#)
            output.put(Array(reason.rawValue.utf8))
            output.put(#""}"#)
        }
        if !isFirst { output.put("]}") }
    }
}
