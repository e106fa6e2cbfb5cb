/// `offset` and `count` as the server understands them (rocket-chat-api.md §3.1).
struct Paging: Sendable {
    /// Items to skip.
    let offset: Int
    /// Items to give at most; 0 for all.
    let count: Int

    /// Reads both from a query: default 50, at most 100, 0 for everything where that is allowed.
    init(_ call: Call, _ settings: SandboxSettings) throws(Refusal) {
        offset = call.query.integer("offset") ?? 0
        var count = call.query.integer("count") ?? settings.defaultCount
        if count > settings.upperCountLimit { count = settings.upperCountLimit }
        if count == 0, !settings.allowInfiniteCount { count = settings.defaultCount }
        self.count = count
        // Nothing guards against these; MongoDB's own complaint comes back as a 400.
        if count < 0 || offset < 0 { throw .failure("the limit must be positive") }
    }

    /// The part of `items` that is asked for.
    func slice<Item>(_ items: [Item]) -> ArraySlice<Item> {
        let rest = items.dropFirst(offset)
        return count == 0 ? rest : rest.prefix(count)
    }
}

/// A sort order: members and directions.
struct SortOrder: Sendable {
    /// Dotted paths, each ascending or descending.
    var keys: [(path: String, isAscending: Bool)]

    /// Ascending by one member, or descending.
    init(_ path: String, descending: Bool = false) {
        keys = [(path, !descending)]
    }

    /// The `sort` parameter; nil when it was not sent.
    init?(_ call: Call) throws(Refusal) {
        guard let text = call.query.filled("sort") else { return nil }
        guard let object = JSONParser.parse(Array(text.utf8))?.object else { throw Self.invalid(text) }
        keys = []
        for member in object.members {
            guard let direction = member.value.integer, abs(direction) == 1 else { throw Self.invalid(text) }
            keys.append((member.key, direction == 1))
        }
    }

    /// Whether it is `{"_id": 1}` or `{"_id": -1}`.
    var isByID: Bool { keys.count == 1 && keys[0].path == "_id" }

    /// Whether one document comes before another.
    func precedes(_ left: JSONObject, _ right: JSONObject) -> Bool {
        for key in keys {
            let order = ValueOrder.compare(left.value(at: key.path), right.value(at: key.path))
            if order != 0 { return (order < 0) == key.isAscending }
        }
        return false
    }

    private static func invalid(_ text: String) -> Refusal {
        .thrown(
            "error-invalid-sort", "Invalid sort parameter provided: \"\(text)\"",
            details: ["helperMethod": "parseJsonQuery"])
    }
}

/// The order of values in MongoDB: nothing, numbers, texts, the rest.
enum ValueOrder {
    /// Negative, zero or positive.
    static func compare(_ left: JSON?, _ right: JSON?) -> Int {
        let (leftRank, rightRank) = (rank(left), rank(right))
        if leftRank != rightRank { return leftRank - rightRank }
        switch (left, right) {
        case (.int(let one)?, .int(let two)?): return one < two ? -1 : one > two ? 1 : 0
        case (.date(let one)?, .date(let two)?): return one < two ? -1 : one > two ? 1 : 0
        case (.string(let one)?, .string(let two)?): return one < two ? -1 : one > two ? 1 : 0
        case (.bool(let one)?, .bool(let two)?): return one == two ? 0 : two ? -1 : 1
        case (.number(let one)?, .number(let two)?): return one < two ? -1 : one > two ? 1 : 0
        default: return 0
        }
    }

    private static func rank(_ value: JSON?) -> Int {
        switch value {
        case nil, .null?: 0
        case .int?, .number?: 1
        case .string?, .raw?: 2
        case .object?: 3
        case .array?: 4
        case .bool?: 5
        case .date?: 6
        }
    }
}
