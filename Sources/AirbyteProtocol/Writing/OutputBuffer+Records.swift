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
        let frame = line.frame(emittedAt: emittedAt)
        for row in rows {
            let way = page.way(of: row, in: list)
            if case .none = way { continue }
            let added = adding(row) ?? AddedFields()
            if case .asItStands(let range) = way, case let length = frame.length(of: range.count, adding: added),
                length < Self.maximumLine
            {
                append(capacity: length) { frame.write(page, range, adding: added, to: $0) }
            } else if let lost = append(RecordRewriter(page, at: row, of: list), frame, added) {
                warn(line, page.label(at: row, of: list), lost)
            }
            try endLine()
        }
    }

    /// Appends records made of added fields alone, such as tombstones; nothing for those without any.
    package mutating func records(
        _ line: RecordLine, fields: [AddedFields], emittedAt: Int64
    ) throws(OutputError) {
        let frame = line.frame(emittedAt: emittedAt)
        for fields in fields where !fields.isEmpty {
            append(capacity: frame.length(of: 2, adding: fields)) { frame.write(fields, to: $0) }
            try endLine()
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
    private mutating func append(_ record: RecordRewriter, _ frame: RecordFrame, _ added: AddedFields) -> Loss? {
        var record = record
        let around = frame.length(of: 0, adding: added)
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
        append(capacity: around + capacity) { frame.write(record, adding: added, to: $0) }
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
