import AirbyteProtocol
import JSONBytes

/// Writes a stream's records into one table, value by value straight from the line.
struct RowWriter {
    /// What became of a record.
    enum Outcome: Equatable {
        /// Its row was inserted, or replaced that of the same key.
        case upserted
        /// It was a tombstone; the number of rows it removed, 0 or 1.
        case deleted(Int)
        /// It has no value in any field of the primary key, of which this is the first: there is no row it could be.
        case lacksKey(String)
        /// Nothing was written: these columns would not keep the values as they are.
        case doesNotFit(Set<Int>)
    }

    private let layout: TableLayout
    private let upsert: Statement
    private let delete: Statement?
    private let names: NameTable
    /// For each column, what it takes; apart from its names, which would cost a count of references each time.
    private let rules: [TableLayout.Rule]
    /// For each column, its place in the primary key, -1 outside it.
    private let keyPlace: [Int]
    private let tombstone: Int
    /// The column of each field of the current record, -1 where there is none.
    private var columns: [Int] = []
    private var scratch: [UInt8] = []
    private var extracted: (milliseconds: Int64, text: [UInt8]) = (.min, [])
    /// Fields that had no column, by name, for the report.
    private(set) var undeclared: Set<String>

    /// `target` is the quoted, qualified name of a table made by this layout; `undeclared` what is known of such fields.
    init(
        _ layout: TableLayout, target: String, undeclared: Set<String> = [], database: Database
    ) throws(RunnerError) {
        self.layout = layout
        self.undeclared = undeclared
        upsert = try database.statement(layout.upsert(into: target))
        delete = layout.key.isEmpty ? nil : try database.statement(layout.delete(from: target))
        var fields = layout.columns.map(\.field)
        tombstone = fields.firstIndex { $0.isExactly(TableLayout.deletedAt) } ?? fields.count
        if tombstone == fields.count { fields.append(TableLayout.deletedAt) }
        // No field of a record is the record.
        names = NameTable(fields, without: layout.wholeRecord)
        rules = layout.columns.map(\.rule)
        keyPlace = layout.columns.indices.map { layout.key.firstIndex(of: $0) ?? -1 }
    }

    /// Writes one record, or removes the row it is the tombstone of.
    mutating func write(
        _ fields: [RecordField], head: RecordHead, line: UnsafeBufferPointer<UInt8>
    ) throws(RunnerError) -> Outcome {
        let isTombstone = resolve(fields, line)
        let missing = missingKey(fields)
        if let first = missing.first, missing.count == layout.key.count {
            return .lacksKey(layout.columns[first].field)
        }
        // A strict column has no row with such a key yet.
        let misfits = missing.filter { rules[$0].isStrict }
        if !misfits.isEmpty { return isTombstone ? .deleted(0) : .doesNotFit(Set(misfits)) }

        if isTombstone, delete != nil { return try remove(fields, line).map(Outcome.deleted) ?? .deleted(0) }
        defer { upsert.reset() }
        var loose: Set<Int> = []
        for (index, field) in fields.enumerated() where columns[index] >= 0 && columns[index] < keyPlace.count {
            let column = columns[index]
            if !bind(upsert, column + 1, field.value, rules[column], line) { loose.insert(column) }
        }
        guard loose.isEmpty else { return .doesNotFit(loose) }
        // NULL equals nothing, so that the row would stand beside its former version.
        if !missing.isEmpty { _ = try remove(fields, line) }
        if let wholeRecord = layout.wholeRecord {
            let record = UnsafeBufferPointer(rebasing: line[head.data.start..<head.data.end])
            upsert.bind(wholeRecord + 1, borrowing: record)
        }
        let emittedAt = head.emittedAt ?? Clock.now()
        if emittedAt != extracted.milliseconds {
            extracted = (emittedAt, Array(Timestamp.text(emittedAt).utf8))
        }
        upsert.bind(layout.columns.count + 1, copying: extracted.text)
        _ = try upsert.step()
        return .upserted
    }

    /// Removes the row with the record's key. Returns how many went; nil when its column can hold no such key.
    private mutating func remove(
        _ fields: [RecordField], _ line: UnsafeBufferPointer<UInt8>
    ) throws(RunnerError) -> Int? {
        guard let delete else { return nil }
        defer { delete.reset() }
        for (index, field) in fields.enumerated() where columns[index] >= 0 && columns[index] < keyPlace.count {
            let column = columns[index]
            guard keyPlace[column] >= 0 else { continue }
            guard bind(delete, keyPlace[column] + 1, field.value, rules[column], line) else { return nil }
        }
        _ = try delete.step()
        return delete.changes
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
            if column < 0, layout.wholeRecord == nil, undeclared.count < 20 {
                undeclared.insert(String(field.name.text(in: line).prefix(200)))
            }
            columns.append(column)
        }
        return isTombstone
    }

    /// The key columns without a value.
    private func missingKey(_ fields: [RecordField]) -> [Int] {
        layout.key.filter { column in
            // Of a name given twice the later one counts.
            guard let last = columns.lastIndex(of: column) else { return true }
            return fields[last].value.kind == .null
        }
    }
}

extension RowWriter {
    /// Binds a value the way its column wants it; values of another type than declared keep their text. False when the
    /// column would make something else of it.
    private mutating func bind(
        _ statement: Statement, _ index: Int, _ value: JSONToken, _ rule: TableLayout.Rule,
        _ line: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        switch value.kind {
        case .null:
            statement.bindNull(index)
            return true
        case .yes where rule.isFlag, .no where rule.isFlag:
            statement.bind(index, value.kind == .yes ? 1 : 0 as Int64)
            return true
        case .integer where !rule.isText, .number where !rule.isText:
            return bindNumber(statement, index, value, rule, line)
        case .string where value.isEscaped:
            scratch.removeAll(keepingCapacity: true)
            value.unescape(from: line, into: &scratch)
            statement.bind(index, copying: scratch)
            return scratch.withUnsafeBufferPointer { Self.fits(text: $0, rule) }
        default:
            let text = UnsafeBufferPointer(rebasing: line[value.start..<value.end])
            statement.bind(index, borrowing: text)
            return Self.fits(text: text, rule)
        }
    }

    private func bindNumber(
        _ statement: Statement, _ index: Int, _ value: JSONToken, _ rule: TableLayout.Rule,
        _ line: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let literal = UnsafeBufferPointer(rebasing: line[value.start..<value.end])
        let real = value.kind == .number ? ExactNumber.real(literal) : nil
        let whole = value.kind == .integer ? ExactNumber.integer(literal) : nil
        if rule.kind == .number, let number = real ?? whole.flatMap(ExactNumber.real) {
            statement.bind(index, number)
        } else if let integer = whole ?? real.flatMap({ Int64(exactly: $0) }) {
            statement.bind(index, integer)
            return rule.affinity != .real || ExactNumber.real(integer) != nil
        } else if let real {
            statement.bind(index, real)
            return !(rule.isStrict && rule.affinity == .integer)
        } else {
            statement.bind(index, borrowing: literal)
            return rule.affinity == .none
        }
        return true
    }

    /// Whether SQLite would leave a text as it is: where it expects numbers, it makes one of whatever looks
    /// like one ("Datatypes In SQLite", 3).
    private static func fits(text: UnsafeBufferPointer<UInt8>, _ rule: TableLayout.Rule) -> Bool {
        guard rule.affinity == .integer || rule.affinity == .real else { return true }
        guard !rule.isStrict else { return false }
        guard let first = text.first(where: { $0 != 0x20 && !(0x09...0x0D ~= $0) }) else { return true }
        return !(0x30...0x39 ~= first || "+-.".utf8.contains(first))
    }
}
