import CSQLite
import Testing

/// Rows of an SQLite file, read with the library itself, so that the runner's own code takes no part in the proof.
struct Table {
    /// One value of a row.
    enum Cell: Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
    }

    /// Rows by column name.
    let rows: [[String: Cell]]

    /// What a query finds in the file at `path`.
    init(_ query: String, in path: String) throws {
        var database: OpaquePointer?
        defer { sqlite3_close(database) }
        try #require(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        try #require(sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK, "\(query)")
        var rows: [[String: Cell]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            var row: [String: Cell] = [:]
            for column in 0..<sqlite3_column_count(statement) {
                row[String(cString: sqlite3_column_name(statement, column))] = Self.cell(statement, column)
            }
            rows.append(row)
        }
        self.rows = rows
    }

    private static func cell(_ statement: OpaquePointer?, _ column: Int32) -> Cell {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: .text(String(cString: sqlite3_column_text(statement, column)))
        default: .null
        }
    }
}

extension Table.Cell {
    /// Whether the cell holds this value of a document.
    func holds(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.null, .null): true
        case (.integer(let number), .bool(let bool)): number == (bool ? 1 : 0)
        case (.integer(let number), .number(let literal)): Double(literal) == Double(number)
        case (.real(let number), .number(let literal)): Double(literal) == number
        case (.text(let text), .string(let string)) where text == string: true
        case (.text(let text), _):
            // Nested values are JSON texts; where servers disagree, a bare value is kept as an array of one.
            (try? StrictJSON.parse(text.utf8)).map {
                [value.canonical, .array([value.canonical])].contains($0.canonical)
            }
                ?? false
        default: false
        }
    }
}
