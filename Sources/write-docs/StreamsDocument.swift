import JSONBytes
import RocketChatAPI
import RocketChatSource

/// docs/streams.md, made from the catalogue.
package struct StreamsDocument {
    package init() {}

    /// The whole document.
    package var text: String {
        ([Self.head, overview, conclusions, Self.diagram] + Catalogue.all.map(section) + [Self.leftOut])
            .joined(separator: "\n\n") + "\n"
    }

    /// The fields of several kinds, with the streams that have them.
    static var unions: String {
        var streams: [String: [String]] = [:]
        for stream in Catalogue.all {
            for field in stream.fields where field.type == .list {
                streams[field.name, default: []].append(stream.name)
            }
        }
        let names = streams.sorted { $0.key < $1.key }
        return names.map { "`\($0.key)` (\($0.value.joined(separator: ", ")))" }.joined(separator: "; ") + "."
    }

    private var overview: String {
        let rows = Catalogue.all.map { stream in
            let key = stream.primaryKey.map { "`\($0)`" }.joined(separator: ", ")
            let cursor = stream.cursor.map { "`\($0)`" } ?? "none"
            return "| [`\(stream.name)`](#\(stream.name)) | \(key) | \(cursor) | \(removals(stream)) "
                + "| \(needs(stream)) | \(stream.since.map { "\($0)" } ?? "") |"
        }
        return """
            | Stream | Key | Cursor | Removals | Needs | From version |
            | --- | --- | --- | --- | --- | --- |
            \(rows.joined(separator: "\n"))
            """
    }

    /// What each listing proves of a row that it lacks.
    private var conclusions: String {
        let rows = Catalogue.all.flatMap { stream -> [String] in
            if let endpoints = endpoints(stream) {
                var seen: Set<String> = []
                return endpoints.filter { seen.insert($0.route).inserted }.map { endpoint in
                    "| `\(stream.name)` | `\(endpoint.route)` | \(conclusion(endpoint)) |"
                }
            }
            let traits = stream.reading.traits
            if case .updates = stream.reading {
                let word = "is gone when all is asked for; else what it names as removed"
                return traits.paths.map { "| `\(stream.name)` | `\($0)` | \(word) |" }
            }
            let word =
                traits.tellsRemovals
                ? "what it names as removed is gone"
                : stream.cursor == nil ? "it has one row" : "the row stays, and only a full refresh leaves it out"
            return traits.paths.map { "| `\(stream.name)` | `\($0)` | nothing; \(word) |" }
        }
        return """
            ## What a missing row proves

            A row gets a tombstone only when a complete and successful reading of the listing that it came from lacks it: the same
            route and parameters, asked by an account that sees no less. The state says for each row which one that was. What
            another listing lacks stays as it is, and the log says so.

            Where a listing is asked for each room, team, role or department, the same holds for each of them: one that was refused,
            that failed or that the configuration leaves out keeps the rows that it had. One that is not there any more takes its
            rows along, if the listings of all of them were whole and were asked by the same user with no fewer permissions. A list of
            rows that is empty all at once is believed at the second sync.

            | Stream | Listing | A row that it lacks |
            | --- | --- | --- |
            \(rows.joined(separator: "\n"))
            """
    }

    /// The listings of a stream of which what they lack proves something; nil if there are none.
    private func endpoints(_ stream: StreamDefinition) -> [ListEndpoint]? {
        switch stream.reading {
        case .listing(let listing): listing.endpoints
        case .partitioned(let partition) where partition.isReadWhole: partition.variants.map(\.endpoint)
        default: nil
        }
    }

    private func conclusion(_ endpoint: ListEndpoint) -> String {
        let own = endpoint.isOwn ? "is gone from what the token's user sees" : "is gone"
        return switch endpoint.conclusion {
        case .gone: own
        case .goneUnlessEmpty(let versions):
            own + ", unless nothing is listed at all on "
                + versions.sorted().map { "\($0.major).\($0.minor)" }.joined(separator: " or ")
        case .goneUnlessEmptyWithout(let permission):
            own + ", unless nothing is listed at all to somebody without `\(permission)`"
        case .goneFor(let roles):
            own + " if the token's user is " + roles.sorted().map { "`\($0)`" }.joined(separator: " or ")
                + "; to others it may be hidden"
        }
    }

    private func removals(_ stream: StreamDefinition) -> String {
        if stream.cursor == nil { return "full refresh" }
        return stream.reading.traits.tellsRemovals ? "tombstone" : "history"
    }

    private func needs(_ stream: StreamDefinition) -> String {
        switch stream.needs {
        case .nothing: ""
        case .any(let names): names.map { "`\($0)`" }.joined(separator: " or ")
        }
    }

    private func section(_ stream: StreamDefinition) -> String {
        var facts = ["**Modes:** full refresh" + (stream.cursor == nil ? "" : ", incremental")]
        facts.append("**Key:** " + stream.primaryKey.map { "`\($0)`" }.joined(separator: ", "))
        if let cursor = stream.cursor { facts.append("**Cursor:** `\(cursor)`") }
        facts.append("**Read from:** " + source(stream))
        let needed = needs(stream)
        if !needed.isEmpty { facts.append("**Needs:** \(needed)") }
        if let since = stream.since { facts.append("**From version:** \(since)") }
        if !stream.dropped.isEmpty {
            facts.append(
                "**Never leaves the server's answer:** " + stream.dropped.map { "`\($0)`" }.joined(separator: ", "))
        }
        if !stream.masking.isEmpty {
            facts.append("**Masked:** access tokens of Slack in the texts of imported messages")
        }
        facts += parents(of: stream.kept).map { parent, names in
            "**Of `\(parent)` only these leave:** " + names.map { "`\($0)`" }.joined(separator: ", ")
        }
        let fields = stream.fields.map { "| `\($0.name)` | \(type($0)) | \($0.note) |" }
        return """
            ## \(stream.name)

            \(stream.summary)

            \(facts.map { "- \($0)" }.joined(separator: "\n"))

            | Field | Type | |
            | --- | --- | --- |
            \(fields.joined(separator: "\n"))
            """
    }

    /// Paths by what they lead on from.
    private func parents(of paths: [String]) -> [(parent: String, names: [String])] {
        let parts = paths.map { $0.split(separator: ".") }
        let groups = Dictionary(grouping: parts) { $0.dropLast().joined(separator: ".") }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map { String($0.last ?? "") }) }
    }

    private func type(_ field: Field) -> String {
        switch field.type {
        case .array, .strings, .objects, .list:
            "array of " + field.items.filter { $0 != "null" }.joined(separator: " or ")
        default: "\(field.type)"
        }
    }

    private func source(_ stream: StreamDefinition) -> String {
        let traits = stream.reading.traits
        var seen: Set<String> = []
        let paths = traits.paths.filter { seen.insert($0).inserted }
        return paths.map { "`\($0)`" }.joined(separator: ", ") + traits.manner
    }
}
