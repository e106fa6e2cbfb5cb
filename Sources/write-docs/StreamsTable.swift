import RocketChatSource

/// The README's table of streams: their names, by what they are about.
package struct StreamsTable {
    package init() {}

    /// The rows of the table.
    package var rows: [String] {
        Catalogue.groups.map { title, streams in
            "| \(title) | \(streams.map { "`\($0.name)`" }.joined(separator: ", ")) |"
        }
    }

    /// The README with its table made anew; nil when it has none.
    package func replaced(in readme: String) -> String? {
        var lines = readme.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // Below the title come an empty line, the head of the table and its rule.
        guard let start = lines.firstIndex(of: "## Streams").map({ $0 + 4 }), start < lines.count,
            let end = lines[start...].firstIndex(of: "")
        else { return nil }
        lines.replaceSubrange(start..<end, with: rows)
        return lines.joined(separator: "\n")
    }
}
