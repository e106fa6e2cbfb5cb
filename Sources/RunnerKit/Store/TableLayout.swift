/// How a stream's records become rows: its table, its columns, its key.
struct TableLayout {
    /// A column and the record's field that fills it.
    struct Column: Equatable {
        /// The field's name, made unique where SQLite sees no difference (it ignores case).
        let name: String
        /// Name of the field.
        let field: String
        /// What the field holds.
        let kind: FieldKind

        /// The column in SQL.
        var declaration: String {
            let type =
                switch kind {
                case .text, .nested: "TEXT"
                case .integer, .boolean: "INTEGER"
                case .number: "REAL"
                }
            return "\(quoted(name)) \(type)"
        }
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
    let columns: [Column]
    /// Positions in `columns` of the primary key; empty when rows are only ever added.
    let key: [Int]

    /// Lays out the table for a stream. A primary key that lies inside a nested value cannot be a column: such
    /// streams are kept without one.
    init(_ plan: StreamPlan, table: String) {
        self.table = table
        let keyFields = plan.primaryKey.allSatisfy { $0.count == 1 } ? plan.primaryKey.map { $0[0] } : []
        var fields: [DeclaredField] = []
        for field in plan.stream.fields where !fields.contains(where: { $0.name == field.name }) {
            fields.append(field)
        }
        for name in keyFields where !fields.contains(where: { $0.name == name }) {
            fields.append(DeclaredField(name: name, type: .text))
        }
        var taken: Set<String> = [Self.extractedAt]
        var columns = fields.map { field in
            Column(name: Self.unique(field.name, &taken), field: field.name, kind: field.type)
        }
        if plan.stream.fields.isEmpty {
            columns.append(Column(name: Self.wholeRecord, field: "", kind: .nested))
        }
        self.columns = columns
        key = keyFields.compactMap { name in columns.firstIndex { $0.field == name } }
    }

    private static func unique(_ name: String, _ taken: inout Set<String>) -> String {
        var candidate = name.isEmpty ? "_" : name
        while !taken.insert(candidate.lowercased()).inserted { candidate += "_" }
        return candidate
    }
}

extension TableLayout {
    private var names: String {
        (columns.map { quoted($0.name) } + [quoted(Self.extractedAt)]).joined(separator: ", ")
    }

    private var keyNames: String { key.map { quoted(columns[$0].name) }.joined(separator: ", ") }

    private func declarations(withKey: Bool) -> String {
        let list = columns.enumerated().map { index, column in
            column.declaration + (withKey && key.contains(index) ? " NOT NULL" : "")
        }
        let primaryKey = withKey && !key.isEmpty ? ["PRIMARY KEY (\(keyNames))"] : []
        return (list + ["\(quoted(Self.extractedAt)) TEXT"] + primaryKey).joined(separator: ", ")
    }

    /// Makes the table.
    var create: String { "CREATE TABLE main.\(quoted(table)) (\(declarations(withKey: true)))" }

    /// A table of the same shape that vanishes with the connection.
    func createStage(_ stage: String) -> String {
        "CREATE TEMP TABLE \(quoted(stage)) (\(declarations(withKey: true)))"
    }

    /// Writes one row into `target` (a quoted, qualified name), replacing the one with its key. Parameters: the
    /// columns in order, then the time of extraction.
    func upsert(into target: String) -> String {
        let marks = (1...columns.count + 1).map { "?\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(target) (\(names)) VALUES (\(marks))" + onConflict
    }

    /// Removes the row with the key in parameters 1, 2, ….
    func delete(from target: String) -> String {
        let terms = key.enumerated().map { "\(quoted(columns[$1].name)) = ?\($0 + 1)" }
        return "DELETE FROM \(target) WHERE " + terms.joined(separator: " AND ")
    }

    /// Removes the rows whose key is not in the stage, all of them when there is no key.
    func deleteUnseen(stage: String) -> String {
        guard !key.isEmpty else { return "DELETE FROM main.\(quoted(table))" }
        let terms = key.map { "s.\(quoted(columns[$0].name)) = t.\(quoted(columns[$0].name))" }
        return "DELETE FROM main.\(quoted(table)) AS t WHERE NOT EXISTS "
            + "(SELECT 1 FROM temp.\(quoted(stage)) AS s WHERE \(terms.joined(separator: " AND ")))"
    }

    /// Copies the stage into the table.
    func promote(stage: String) -> String {
        // WHERE true: without it the parser takes ON for a join (SQLite documentation, UPSERT, "Parsing Ambiguity").
        "INSERT INTO main.\(quoted(table)) (\(names)) SELECT \(names) FROM temp.\(quoted(stage)) WHERE true"
            + onConflict
    }

    private var onConflict: String {
        guard !key.isEmpty else { return "" }
        let rest = columns.indices.filter { !key.contains($0) }.map { quoted(columns[$0].name) }
        let changes = (rest + [quoted(Self.extractedAt)]).map { "\($0) = excluded.\($0)" }
        return " ON CONFLICT (\(keyNames)) DO UPDATE SET " + changes.joined(separator: ", ")
    }
}

/// A name as SQL takes it, whatever characters it has.
func quoted(_ name: String) -> String {
    var result = "\""
    for character in name.unicodeScalars {
        result.unicodeScalars.append(character)
        if character == "\"" { result.unicodeScalars.append(character) }
    }
    return result + "\""
}
