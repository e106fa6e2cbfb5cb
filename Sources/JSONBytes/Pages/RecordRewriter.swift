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

    /// As many bytes as `write` puts out without added fields.
    package var length: Int {
        var counter = ByteCounter()
        write(added: AddedFields(), to: &counter)
        return counter.count
    }

    /// Writes the record, with `added` members behind its opening brace, and its `meta` behind it.
    func write<Sink: ByteSink>(added: AddedFields, to output: inout Sink) {
        page.body.withUnsafeBufferPointer { body in
            var start = Int(entry.start)
            if !added.isEmpty {
                output.put(UInt8(ascii: "{"))
                output.put(added.bytes)
                output.put(UInt8(ascii: ","))
                start += 1
            }
            write(body, start..<Int(entry.end), edits[...], &output)
            writeChanges(body, &output)
        }
    }

    /// What stands in a range of the page, with the edits in it.
    private func write<Sink: ByteSink>(
        _ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ edits: ArraySlice<RecordEdit>, _ output: inout Sink
    ) {
        var position = range.lowerBound
        for edit in edits {
            copy(body, position..<Int(edit.start), &output)
            write(edit.replacement, &output)
            position = Int(edit.end)
        }
        copy(body, position..<range.upperBound, &output)
    }

    /// Nulls the largest fields that are not probed, until about `excess` bytes are gone.
    ///
    /// Returns false, with nothing changed, when that many cannot go. Each record is gone through once, whatever it holds.
    package mutating func shrink(by excess: Int) -> Bool {
        var fields = page.body.withUnsafeBufferPointer { candidates($0) }
        fields.sort { $0.saving > $1.saving }
        var saved = -Self.frame
        let count = fields.firstIndex { field in
            defer { saved += Int(field.saving) }
            return saved >= excess
        }
        guard count != nil || saved >= excess else { return false }
        null(fields.prefix(count ?? fields.count).sorted { $0.value < $1.value })
        return true
    }

    /// A field that may be nulled.
    private struct Candidate {
        /// Where its key's quote is.
        let key: UInt32
        /// Where its value begins.
        let value: UInt32
        /// Behind the value.
        let end: UInt32
        /// How much shorter the record is without the value, its note in `meta.changes` included.
        let saving: UInt32
    }

    /// Bytes of `meta` around the notes, and of one note without its key.
    private static let frame = 23
    private static let note = 84

    private func candidates(_ body: UnsafeBufferPointer<UInt8>) -> [Candidate] {
        let table = page.plan.tables[list.number]
        var found: [Candidate] = []
        var rest = edits[...]
        forEachMember(of: body) { name, value in
            // Behind what was dropped before the value, up to the edits inside it.
            while let edit = rest.first, Int(edit.end) <= value.lowerBound, Int(edit.start) < value.lowerBound {
                rest.removeFirst()
            }
            let isGone = rest.first.map {
                Int($0.start) <= value.lowerBound && value.upperBound <= Int($0.end) && $0.isWhole
            }
            let inside = rest.prefix { Int($0.start) >= value.lowerBound && Int($0.end) <= value.upperBound }
            defer { rest = rest.dropFirst(inside.count) }
            guard value.count * TextFilter.growth > Self.note, isGone != true else { return }
            var counter = ByteCounter()
            write(body, value, inside, &counter)
            let saving = counter.count - Self.note - name.whole.count * TextFilter.growth
            guard saving > 0, !table.isProbed(name.unescaped(in: body)) else { return }
            found.append(
                Candidate(
                    key: UInt32(name.whole.lowerBound), value: UInt32(value.lowerBound), end: UInt32(value.upperBound),
                    saving: UInt32(clamping: saving)))
        }
        return found
    }

    /// Puts `null` in the place of fields, which come in the order of their places.
    private mutating func null(_ fields: [Candidate]) {
        var merged: [RecordEdit] = []
        merged.reserveCapacity(edits.count + fields.count)
        var rest = edits[...]
        for field in fields {
            while let edit = rest.first, edit.start < field.value {
                merged.append(edit)
                rest.removeFirst()
            }
            rest = rest.drop { $0.end <= field.end }
            merged.append(
                RecordEdit(start: field.value, end: field.end, replacement: .null(key: field.key, .recordSize)))
        }
        edits = merged + rest
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

    private func copy<Sink: ByteSink>(
        _ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ output: inout Sink
    ) {
        let segment = UnsafeBufferPointer(rebasing: body[range])
        if entry.needs.isEmpty {
            if let start = segment.baseAddress { output.put(start, segment.count) }
        } else {
            TextFilter.copy(segment, to: &output, masking: entry.needs.contains(.masking))
        }
    }

    private func write<Sink: ByteSink>(_ replacement: RecordEdit.Replacement, _ output: inout Sink) {
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

    private func writeChanges<Sink: ByteSink>(_ body: UnsafeBufferPointer<UInt8>, _ output: inout Sink) {
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

    /// Goes through the top-level members: their names, and the bytes that their values take.
    private func forEachMember(
        of body: UnsafeBufferPointer<UInt8>, _ visit: (JSONToken, Range<Int>) -> Void
    ) {
        do throws(JSONError) {
            var cursor = JSONCursor(body, at: Int(entry.start))
            try cursor.expect(UInt8(ascii: "{"))
            var isFirst = true
            while try cursor.hasMember(first: isFirst) {
                isFirst = false
                let name = try cursor.memberName()
                visit(name, try cursor.value().whole)
            }
        } catch {
            preconditionFailure("a scanned page is broken: \(error)")
        }
    }
}

extension RecordEdit {
    /// Whether it takes the place of a whole member or value.
    fileprivate var isWhole: Bool {
        switch replacement {
        case .nothing, .null, .word: true
        case .timestamp, .byte: false
        }
    }
}

/// Behind the string whose quote is at `start`, in text that is known to be JSON.
private func stringEnd(_ body: UnsafeBufferPointer<UInt8>, _ start: UInt32) -> Int {
    var index = Int(start) + 1
    while body[index] != UInt8(ascii: "\"") { index += body[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return index + 1
}
