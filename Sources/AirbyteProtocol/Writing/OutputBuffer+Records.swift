package import JSONBytes

extension OutputBuffer {
    /// Appends records of a page: the elements of a list at `rows`, in this order; `adding` gives the members to splice into a
    /// row.
    ///
    /// An element that is no record appends nothing. A record too long for one line loses its largest fields, see
    /// `RecordRewriter.shrink(by:)`, or is left out; a warning behind it names the record and what it lost.
    package mutating func records(
        _ line: RecordLine, page: ScannedPage, list: PageFormat.List, rows: [Int], emittedAt: Int64,
        adding: (Int) -> AddedFields? = { _ in nil }
    ) throws(OutputError) {
        let opening = line.opening(emittedAt: emittedAt)
        for row in rows {
            let way = page.way(of: row, in: list)
            if case .none = way { continue }
            let added = adding(row) ?? AddedFields()
            if case .asItStands(let range) = way,
                range.count + added.bytes.count < Self.maximumLine - opening.count - 16
            {
                append(page.body, range, opening, added: added.bytes)
            } else {
                let record = RecordRewriter(page, at: row, of: list)
                if let lost = append(record, opening, added: added) { warn(line, page.label(at: row, of: list), lost) }
            }
            try endLine()
        }
    }

    /// Appends records made of added fields alone, such as tombstones; nothing for those without any.
    package mutating func records(
        _ line: RecordLine, fields: [AddedFields], emittedAt: Int64
    ) throws(OutputError) {
        let opening = line.opening(emittedAt: emittedAt)
        for fields in fields where !fields.isEmpty {
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
    }

    /// A record that goes out as it stands in the page, at `range`.
    private mutating func append(_ body: [UInt8], _ range: Range<Int>, _ opening: [UInt8], added: [UInt8]) {
        append(capacity: opening.count + 16 + added.count + range.count) { target in
            body.withUnsafeBufferPointer { body in
                var output = LineWriter(target)
                output.put(opening)
                let record = body.baseAddress! + range.lowerBound
                if added.isEmpty {
                    output.put(record, range.count)
                } else {
                    output.put(UInt8(ascii: "{"))
                    output.put(added)
                    output.put(UInt8(ascii: ","))
                    output.put(record + 1, range.count - 1)
                }
                output.put(RecordLine.tail)
                return output.position - target
            }
        }
    }

    /// What a record lost for its length.
    private enum Loss {
        /// These fields.
        case fields([String])
        /// Everything: its keys alone fill a line.
        case record
    }

    /// Appends a record, as far as it fits on a line; returns what it lost. No more memory is taken than a line needs.
    private mutating func append(_ record: RecordRewriter, _ opening: [UInt8], added: AddedFields) -> Loss? {
        var record = record
        let around = opening.count + RecordLine.tail.utf8CodeUnitCount + (added.isEmpty ? 0 : added.bytes.count + 1)
        var capacity = record.capacity
        var isShortened = false
        if around + capacity > Self.maximumLine {
            capacity = record.length
            while around + capacity > Self.maximumLine {
                guard record.shrink(by: around + capacity - Self.maximumLine) else { return .record }
                isShortened = true
                capacity = record.length
            }
        }
        append(capacity: around + capacity) { target in
            var output = LineWriter(target)
            output.put(opening)
            record.write(added: added, to: &output)
            output.put(RecordLine.tail)
            return output.position - target
        }
        return isShortened ? .fields(record.fieldsLost) : nil
    }

    /// Most fields named in a warning.
    private static let mostNames = 100

    private mutating func warn(_ line: RecordLine, _ key: String?, _ loss: Loss) {
        let name = "The record \(key.map { "'\($0)' " } ?? "")of stream \(line.stream) is longer than 10 MiB"
        switch loss {
        case .fields(let names):
            let more = names.count > Self.mostNames ? " and \(names.count - Self.mostNames) more" : ""
            let told = names.prefix(Self.mostNames).joined(separator: ", ")
            append(MessageText.log(.warn, "\(name); these fields are null: \(told)\(more)."))
        case .record: append(MessageText.log(.warn, "\(name) and was left out."))
        }
    }
}
