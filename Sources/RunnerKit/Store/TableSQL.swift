/// The statements for a stream's table.
extension TableLayout {
    private var names: String {
        (columns.map { quoted($0.name) } + [quoted(Self.extractedAt)]).joined(separator: ", ")
    }

    private var keyNames: [String] { key.map { quoted(columns[$0].name) } }

    private var declarations: String {
        let primaryKey = key.isEmpty ? [] : ["PRIMARY KEY (\(keyNames.joined(separator: ", ")))"]
        return (columns.indices.map(declaration) + ["\(quoted(Self.extractedAt)) TEXT"] + primaryKey)
            .joined(separator: ", ")
    }

    /// The column at `index` with its type.
    func declaration(_ index: Int) -> String {
        "\(quoted(columns[index].name)) \(columns[index].rule.affinity.declaredType(isKey: key.contains(index)))"
    }

    /// Makes the table.
    var create: String { "CREATE TABLE main.\(quoted(table)) (\(declarations))" }

    /// A table of the same shape that vanishes with the connection.
    func createStage(_ stage: String) -> String { "CREATE TEMP TABLE \(quoted(stage)) (\(declarations))" }

    /// Writes one row into `target` (a quoted, qualified name), replacing the one with its key. Parameters: the
    /// columns in order, then the time of extraction.
    func upsert(into target: String) -> String {
        let marks = (1...columns.count + 1).map { "?\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(target) (\(names)) VALUES (\(marks))" + onConflict
    }

    /// Removes the row with the key in parameters 1, 2, …, which may be NULL.
    func delete(from target: String) -> String {
        let terms = keyNames.enumerated().map { "\($1) IS ?\($0 + 1)" }
        return "DELETE FROM \(target) WHERE " + terms.joined(separator: " AND ")
    }

    /// Removes the rows whose key is not in the stage, all of them when there is no key.
    func deleteUnseen(stage: String) -> String {
        guard !key.isEmpty else { return "DELETE FROM main.\(quoted(table))" }
        let terms = keyNames.map { "s.\($0) IS t.\($0)" }
        return "DELETE FROM main.\(quoted(table)) AS t WHERE NOT EXISTS "
            + "(SELECT 1 FROM temp.\(quoted(stage)) AS s WHERE \(terms.joined(separator: " AND ")))"
    }

    /// Removes the rows that no other one replaces by itself, because a part of their key is NULL; nil where the key
    /// has one part, which is never NULL.
    var deleteIncomplete: String? {
        guard key.count > 1 else { return nil }
        return "DELETE FROM main.\(quoted(table)) WHERE " + keyNames.map { "\($0) IS NULL" }.joined(separator: " OR ")
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
        return " ON CONFLICT (\(keyNames.joined(separator: ", "))) DO UPDATE SET " + changes.joined(separator: ", ")
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
