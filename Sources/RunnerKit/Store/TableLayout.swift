import AirbyteProtocol
import JSONBytes

/// How a stream's records become rows: its table, its columns, its key.
struct TableLayout {
    /// A column and the record's field that fills it.
    struct Column: Equatable {
        /// The field's name, made unique where SQLite sees no difference (it ignores the case of ASCII letters).
        let name: String
        /// Name of the field.
        let field: String
        /// What it takes.
        var rule: Rule
    }

    /// Which values a column takes, and how.
    struct Rule: Equatable {
        /// What the field holds.
        let kind: FieldKind
        /// What SQLite makes of it.
        var affinity: Affinity
        /// Part of a key that does not take every value.
        var isStrict = false

        /// Whether `true` and `false` are 1 and 0.
        var isFlag: Bool { kind == .boolean && affinity != .text }
        /// Whether values are kept as text, whatever they are.
        var isText: Bool { kind == .text || kind == .nested || affinity == .text }
    }

    /// When the source read the record: RFC 3339, UTC.
    static let extractedAt = "_airbyte_extracted_at"
    /// Holds whole records of streams that declare no fields.
    static let wholeRecord = "_airbyte_data"
    /// A record with this field set is a tombstone: its row goes.
    static let deletedAt = "_ab_cdc_deleted_at"

    /// The name, unquoted.
    let table: String
    /// In the order the schema declares them, without the time of extraction.
    private(set) var columns: [Column]
    /// Positions in `columns` of the primary key; empty when rows are only ever added.
    let key: [Int]
    /// The position of the column for whole records; nil when fields are declared.
    let wholeRecord: Int?

    /// Lays out the table for a stream. A primary key that lies inside a nested value cannot be a column: such
    /// streams are kept without one. `shape` is the table as it stands, `known` the column of each field that has one.
    init(_ plan: StreamPlan, shape: TableShape, known: [ExactText: String]) {
        table = shape.table
        let keyFields = plan.primaryKey.allSatisfy { $0.count == 1 } ? plan.primaryKey.map { $0[0] } : []
        var fields: [DeclaredField] = []
        var seen: Set<ExactText> = []
        for field in plan.stream.fields + keyFields.map({ DeclaredField(name: $0, type: .text) })
        where seen.insert(ExactText(field.name)).inserted {
            fields.append(field)
        }
        var names = ColumnNames(shape: shape, known: known, fields: fields)
        var columns = fields.map { field in
            let name = names.column(of: field.name)
            return Column(name: name, field: field.name, rule: Rule(kind: field.type, affinity: field.type.affinity))
        }
        wholeRecord = plan.stream.fields.isEmpty ? columns.count : nil
        if wholeRecord != nil {
            let name = names.column(of: "", wanted: Self.wholeRecord)
            columns.append(Column(name: name, field: "", rule: Rule(kind: .nested, affinity: .text)))
        }
        self.columns = columns
        key = Self.unique(keyFields).compactMap { name in columns.firstIndex { $0.field.isExactly(name) } }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<ExactText> = []
        return names.filter { seen.insert(ExactText($0)).inserted }
    }

    /// Takes over what the columns of the table that stands are like.
    mutating func follow(_ shape: TableShape) {
        for index in columns.indices {
            guard let column = shape[columns[index].name] else { continue }
            columns[index].rule.affinity = Affinity(declaredType: column.type)
            columns[index].rule.isStrict = shape.isStrict(column)
        }
    }

    /// Frees these columns of their types, and the key of its demands.
    mutating func loosen(_ indices: Set<Int>) {
        for index in columns.indices {
            if indices.contains(index) { columns[index].rule.affinity = .none }
            columns[index].rule.isStrict = false
        }
    }
}

extension FieldKind {
    /// The affinity of a new column.
    fileprivate var affinity: Affinity {
        switch self {
        case .text, .nested: .text
        case .integer, .boolean: .integer
        case .number: .real
        }
    }
}

/// Gives each field its column, the same one for ever.
private struct ColumnNames {
    private var known: [ExactText: String]
    private var taken: Set<ExactText>

    init(shape: TableShape, known: [ExactText: String], fields: [DeclaredField]) {
        self.known = known
        if known.isEmpty { self.known = Self.read(shape, fields) }
        taken = [ExactText(TableLayout.extractedAt)]
        for name in shape.columns.map(\.name) + self.known.values { taken.insert(ExactText(foldingLikeSQLite: name)) }
    }

    /// 0.1.0 noted no columns, but their names tell: a field's own, or with underscores where another field had it.
    private static func read(_ shape: TableShape, _ fields: [DeclaredField]) -> [ExactText: String] {
        var known: [ExactText: String] = [:]
        var columns = shape.columns.map(\.name).filter { !$0.isExactly(TableLayout.extractedAt) }
        let names = fields.map { ExactText($0.name) }
        for suffix in 0...3 {
            for name in names where known[name] == nil {
                let wanted = name.text + String(repeating: "_", count: suffix)
                guard let index = columns.firstIndex(where: { $0.isExactly(wanted) }) else { continue }
                known[name] = columns.remove(at: index)
            }
        }
        return known
    }

    /// The column of `field`; a new one has the name `wanted`, if that is free.
    mutating func column(of field: String, wanted: String? = nil) -> String {
        if let name = known[ExactText(field)] { return name }
        // SQL text ends at a NUL.
        var name = (wanted ?? field).withoutNUL
        if name.isEmpty { name = "_" }
        while !taken.insert(ExactText(foldingLikeSQLite: name)).inserted { name += "_" }
        return name
    }
}
