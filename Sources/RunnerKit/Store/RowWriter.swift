#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a stream's records into one table, value by value straight from the line.
struct RowWriter {
    /// What became of a record.
    enum Outcome: Equatable {
        /// Its row was inserted, or replaced that of the same key.
        case upserted
        /// It was a tombstone; the number of rows it removed, 0 or 1.
        case deleted(Int)
        /// It has no value in this field of the primary key, so there is no row it could be.
        case lacksKey(String)
    }

    private let layout: TableLayout
    private let database: Database
    private let upsert: Statement
    private let delete: String?
    private let names: NameTable
    /// For each column, its place in the primary key, -1 outside it.
    private let keyPlace: [Int]
    private let tombstone: Int
    private let wholeRecord: Int?
    /// The column of each field of the current record, -1 where there is none.
    private var columns: [Int] = []
    private var scratch: [UInt8] = []
    private var extracted: (milliseconds: Int64, text: [UInt8]) = (.min, [])
    /// Fields that had no column, by name, for the report.
    private(set) var undeclared: Set<String> = []

    /// `target` is the quoted, qualified name of a table made by this layout.
    init(_ layout: TableLayout, target: String, database: Database) throws(RunnerError) {
        self.layout = layout
        self.database = database
        upsert = try database.statement(layout.upsert(into: target))
        delete = layout.key.isEmpty ? nil : layout.delete(from: target)
        var fields = layout.columns.map(\.field)
        tombstone = fields.firstIndex(of: TableLayout.deletedAt) ?? fields.count
        if tombstone == fields.count { fields.append(TableLayout.deletedAt) }
        names = NameTable(fields)
        keyPlace = layout.columns.indices.map { layout.key.firstIndex(of: $0) ?? -1 }
        wholeRecord = layout.columns.firstIndex { $0.field.isEmpty && $0.name == TableLayout.wholeRecord }
    }

    /// Writes one record, or removes the row it is the tombstone of.
    mutating func write(
        _ fields: [RecordField], head: RecordHead, line: UnsafeBufferPointer<UInt8>
    ) throws(RunnerError) -> Outcome {
        let isTombstone = resolve(fields, line)
        if let missing = missingKey(fields) { return .lacksKey(layout.columns[missing].field) }
        if isTombstone, let delete {
            let statement = try database.statement(delete)
            defer { statement.reset() }
            for (index, field) in fields.enumerated() where columns[index] >= 0 && columns[index] < keyPlace.count {
                let place = keyPlace[columns[index]]
                if place >= 0 { bind(statement, place + 1, field.value, layout.columns[columns[index]].kind, line) }
            }
            _ = try statement.step()
            return .deleted(database.changes)
        }
        defer { upsert.reset() }
        for (index, field) in fields.enumerated() where columns[index] >= 0 && columns[index] < keyPlace.count {
            bind(upsert, columns[index] + 1, field.value, layout.columns[columns[index]].kind, line)
        }
        if let wholeRecord { bind(upsert, wholeRecord + 1, head.data, .nested, line) }
        let emittedAt = head.emittedAt ?? Clock.now()
        if emittedAt != extracted.milliseconds {
            extracted = (emittedAt, Array(Clock.text(emittedAt).utf8))
        }
        upsert.bind(layout.columns.count + 1, copying: extracted.text)
        _ = try upsert.step()
        return .upserted
    }

    /// Finds each field's column; returns whether the record is a tombstone.
    private mutating func resolve(_ fields: [RecordField], _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        columns.removeAll(keepingCapacity: true)
        var isTombstone = false
        for field in fields {
            var column = -1
            if field.name.isEscaped {
                scratch.removeAll(keepingCapacity: true)
                field.name.unescape(from: line, into: &scratch)
                column = scratch.withUnsafeBufferPointer { names.index(of: $0) } ?? -1
            } else {
                let name = UnsafeBufferPointer(rebasing: line[field.name.start..<field.name.end])
                column = names.index(of: name) ?? -1
            }
            if column == tombstone { isTombstone = field.value.kind != .null }
            if column < 0, wholeRecord == nil, undeclared.count < 20 { undeclared.insert(field.name.text(in: line)) }
            columns.append(column)
        }
        return isTombstone
    }

    /// The first key column without a value.
    private func missingKey(_ fields: [RecordField]) -> Int? {
        layout.key.first { column in
            // Of a name given twice the later one counts.
            guard let last = columns.lastIndex(of: column) else { return true }
            return fields[last].value.kind == .null
        }
    }

    /// Binds a value the way its column wants it; values of another type than declared keep their text.
    private mutating func bind(
        _ statement: Statement, _ index: Int, _ value: JSONToken, _ kind: FieldKind,
        _ line: UnsafeBufferPointer<UInt8>
    ) {
        let isText = kind == .text || kind == .nested
        switch value.kind {
        case .null: statement.bindNull(index)
        case .true where !isText: statement.bind(index, 1 as Int64)
        case .false where !isText: statement.bind(index, 0 as Int64)
        case .integer where !isText:
            if let number = Self.integer(value, line) {
                statement.bind(index, number)
            } else {
                statement.bind(index, borrowing: UnsafeBufferPointer(rebasing: line[value.start..<value.end]))
            }
        case .number where !isText:
            // A number ends at a byte no number contains, so strtod stops in time.
            let start = UnsafeRawPointer(line.baseAddress! + value.start).assumingMemoryBound(to: CChar.self)
            statement.bind(index, strtod(start, nil))
        case .string where value.isEscaped:
            scratch.removeAll(keepingCapacity: true)
            value.unescape(from: line, into: &scratch)
            statement.bind(index, copying: scratch)
        default:
            statement.bind(index, borrowing: UnsafeBufferPointer(rebasing: line[value.start..<value.end]))
        }
    }

    /// The digits as an integer; nil when it does not fit 64 bits.
    private static func integer(_ value: JSONToken, _ line: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = line[value.start] == UInt8(ascii: "-")
        var number: Int64 = 0
        for byte in line[(value.start + (isNegative ? 1 : 0))..<value.end] {
            let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - 0x30)
            let (sum, overflow) = product.addingReportingOverflow(isNegative ? -digit : digit)
            if tooLarge || overflow { return nil }
            number = sum
        }
        return number
    }
}
