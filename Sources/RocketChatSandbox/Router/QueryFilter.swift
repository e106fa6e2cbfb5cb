/// The legacy `query` and `fields` parameters: honoured up to 6.x, silently ignored from 7.0 (rocket-chat-api.md §3.3).
struct QueryFilter: Sendable {
    private var conditions = JSONObject()
    private var fields = JSONObject()

    /// Whether there is nothing to do.
    var isEmpty: Bool { conditions.members.isEmpty && fields.members.isEmpty }
    /// Whether every document passes.
    var passesAll: Bool { conditions.members.isEmpty }

    /// Reads both where the release honours them.
    init(_ call: Call, _ settings: SandboxSettings) throws(Refusal) {
        guard call.version < Version(7, 0) || settings.allowQueryAndFields else { return }
        if let text = call.query.filled("query") {
            guard let object = JSONParser.parse(Array(text.utf8))?.object else { throw Self.invalid("query", text) }
            // Top-level operators other than these are dropped; nested ones survive the server's cleaning.
            conditions = object.filter {
                $0.key.first != "$" || ["$or", "$and", "$regex"].contains($0.key)
            }
            .filter { !["joinCode", "members", "importIds", "e2e"].contains($0.key) }
        }
        if let text = call.query.filled("fields") {
            guard let object = JSONParser.parse(Array(text.utf8))?.object else { throw Self.invalid("fields", text) }
            fields = object
        }
    }

    private static func invalid(_ name: String, _ text: String) -> Refusal {
        .thrown(
            "error-invalid-\(name)", "Invalid \(name) parameter provided: \"\(text)\"",
            details: ["helperMethod": "parseJsonQuery"])
    }

    /// Whether a document passes.
    func passes(_ document: JSONObject) -> Bool {
        conditions.members.allSatisfy { Self.matches(document, $0.key, $0.value) }
    }

    /// The members of a document that are asked for.
    func project(_ document: JSONObject) -> JSONObject {
        guard !fields.members.isEmpty else { return document }
        let included = Set(fields.members.filter { $0.value == .int(1) || $0.value == true }.map(\.key))
        if included.isEmpty {
            let excluded = Set(fields.members.map(\.key))
            return document.filter { !excluded.contains($0.key) }
        }
        return document.filter { $0.key == "_id" || included.contains($0.key) }
    }

    private static func matches(_ document: JSONObject, _ path: String, _ condition: JSON) -> Bool {
        if path == "$or" || path == "$and" {
            let parts = (condition.elements ?? []).map { part in
                (part.object?.members ?? []).allSatisfy { matches(document, $0.key, $0.value) }
            }
            return path == "$or" ? parts.contains(true) : !parts.contains(false)
        }
        let value = document.value(at: path)
        guard let operators = condition.object, operators.members.first?.key.first == "$",
            operators.members.first?.key != "$date"
        else { return equals(value, condition) }
        return operators.members.allSatisfy { test(value, $0.key, $0.value) }
    }

    private static func test(_ value: JSON?, _ name: String, _ operand: JSON) -> Bool {
        let order = ValueOrder.compare(value, plain(operand))
        switch name {
        case "$gt": return value != nil && order > 0
        case "$gte": return value != nil && order >= 0
        case "$lt": return value != nil && order < 0
        case "$lte": return value != nil && order <= 0
        case "$ne": return !equals(value, operand)
        case "$eq": return equals(value, operand)
        case "$exists": return (value != nil) == (operand == true)
        case "$in": return (operand.elements ?? []).contains { equals(value, $0) }
        case "$nin": return !(operand.elements ?? []).contains { equals(value, $0) }
        case "$regex":
            guard let text = value?.text, let pattern = try? Regex(operand.text ?? "") else { return false }
            return text.contains(pattern)
        default: return false
        }
    }

    private static func equals(_ value: JSON?, _ operand: JSON) -> Bool {
        if let elements = value?.elements, operand.elements == nil { return elements.contains(plain(operand)) }
        return (value ?? .null) == plain(operand)
    }

    /// EJSON dates as dates.
    private static func plain(_ operand: JSON) -> JSON {
        if let milliseconds = operand.object?["$date"]?.integer { return .date(milliseconds) }
        return operand
    }
}
