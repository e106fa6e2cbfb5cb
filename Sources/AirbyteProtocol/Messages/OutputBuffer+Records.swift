extension OutputBuffer {
    /// Appends a record of a page.
    ///
    /// An element for which `page.isRecord` is false appends nothing. A record too long for one line loses its largest
    /// fields, see `EditedRecord.shrink(by:)`.
    package mutating func record(
        _ line: RecordLine, page: ScannedPage, list: Int, index: Int, adding: AddedFields?, emittedAt: Int64
    ) throws(OutputError) {
        let entry = page.entry(index, list)
        guard entry.isRecord else { return }
        let added = adding?.bytes ?? []
        let opening = opening(line, emittedAt: emittedAt)
        let length = Int(entry.end - entry.start)
        let isClean = entry.editCount == 0 && entry.needs.isEmpty
        if isClean, length + added.count < Self.maximumLine - opening.count - 16 {
            append(capacity: opening.count + 16 + added.count + length) { target in
                page.body.withUnsafeBufferPointer { body in
                    var output = LineWriter(target)
                    output.put(opening)
                    if added.isEmpty {
                        output.put(body.baseAddress! + Int(entry.start), length)
                    } else {
                        output.put(UInt8(ascii: "{"))
                        output.put(added)
                        output.put(UInt8(ascii: ","))
                        output.put(body.baseAddress! + Int(entry.start) + 1, length - 1)
                    }
                    output.put(RecordLine.tail)
                    return output.position - target
                }
            }
        } else {
            var edited = EditedRecord(page: page, list: list, entry: entry)
            let mark = used
            append(edited, opening, added: added)
            while used - mark > Self.maximumLine {
                let excess = used - mark - Self.maximumLine
                rewind(to: mark)
                guard edited.shrink(by: excess) else {
                    // Only a record whose keys alone fill a line comes here.
                    append(
                        MessageText.log(
                            .warn, "A record of stream \(line.stream) is longer than 10 MiB and was left out."))
                    break
                }
                append(edited, opening, added: added)
            }
        }
        try endLine()
    }

    /// Appends a record made of added fields alone, such as a tombstone; nothing when there are none.
    package mutating func record(_ line: RecordLine, fields: AddedFields, emittedAt: Int64) throws(OutputError) {
        guard !fields.isEmpty else { return }
        let opening = opening(line, emittedAt: emittedAt)
        append(capacity: opening.count + 16 + fields.bytes.count) { target in
            var output = LineWriter(target)
            output.put(opening)
            output.put(UInt8(ascii: "{"))
            output.put(fields.bytes)
            output.put(UInt8(ascii: "}"))
            output.put(RecordLine.tail)
            return output.position - target
        }
        try endLine()
    }

    private mutating func append(_ record: EditedRecord, _ opening: [UInt8], added: [UInt8]) {
        append(capacity: opening.count + 16 + added.count + record.capacity) { target in
            var output = LineWriter(target)
            output.put(opening)
            record.write(added: added, to: &output)
            return output.position - target
        }
    }
}
