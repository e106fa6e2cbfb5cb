import JSONBytes

/// What does not fit a schema.
struct SchemaFault: Equatable {
    /// What kind of fault it is; each is another rule's.
    enum Kind { case misfit, date, zone, fraction, width, overflow }

    /// What kind of fault.
    let kind: Kind
    /// Where, for instance `owner.id` or `tags.0`; empty for the whole value.
    let path: String
    /// What is wrong, in words, without the value.
    let reason: String

    /// Place and reason.
    var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}

/// Judges values by schemas and collects what does not fit.
struct SchemaJudge {
    /// What was found so far.
    private(set) var faults: [SchemaFault] = []
    private var path: [String] = []

    /// Judges one value.
    static func faults(of value: JSON, by schema: Schema) -> [SchemaFault] {
        var judge = SchemaJudge()
        judge.judge(value, schema)
        return judge.faults
    }

    /// Forgets what was found.
    mutating func reset() { faults.removeAll(keepingCapacity: true) }

    private mutating func note(_ kind: SchemaFault.Kind, _ reason: String) {
        faults.append(SchemaFault(kind: kind, path: path.joined(separator: "."), reason: reason))
    }

    /// Judges what stands below the member `name`.
    private mutating func inside(_ name: String, _ body: (inout SchemaJudge) -> Void) {
        path.append(name)
        body(&self)
        path.removeLast()
    }

    /// Judges the member `name` of a record, whose value is a token of `line`. Most are texts and numbers, which need no tree.
    mutating func judge(
        member name: String, _ token: JSONToken, in line: UnsafeBufferPointer<UInt8>, _ schema: Schema
    ) {
        if schema.isSimple, fitsAsToken(token, schema, line) { return }
        guard let value = try? JSON(parsing: UnsafeBufferPointer(rebasing: line[token.whole])) else { return }
        inside(name) { $0.judge(value, schema) }
    }

    /// Notes members that a record of this schema lacks.
    mutating func judge(hasMember: (String) -> Bool, _ schema: Schema) {
        for name in schema.required where !hasMember(name) { note(.misfit, "the required member `\(name)` is missing") }
    }

    private func fitsAsToken(_ token: JSONToken, _ schema: Schema, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        switch token.kind {
        case .string:
            guard schema.types.contains(.string), !schema.isBase64, schema.pattern == nil else { return false }
            guard let form = schema.form else { return true }
            return !token.isEscaped && form.fit(UnsafeBufferPointer(rebasing: line[token.start..<token.end])) == .exact
        case .integer: return token.end - token.start < 19 && !schema.types.isDisjoint(with: [.integer, .number])
        // What has so few bytes is no number beyond all bounds, unless by its exponent.
        case .number:
            return schema.types.contains(.number) && !schema.isWhole && token.end - token.start < 300
                && !line[token.start..<token.end].contains { $0 | 0x20 == UInt8(ascii: "e") }
        case .yes, .no: return schema.types.contains(.boolean)
        case .null: return schema.types.contains(.null)
        default: return false
        }
    }

    /// Judges a value of any kind.
    mutating func judge(_ value: JSON, _ schema: Schema) {
        guard !schema.isNothing else { return note(.misfit, "is not allowed") }
        guard fitsType(value, schema) else {
            return note(.misfit, "\(value.kindName) where \(schema.types.description) is declared")
        }
        if let values = schema.values, !values.contains(value.canonical) {
            note(.misfit, "is none of the values allowed")
        }
        switch value {
        case .string(let text): judge(text, schema)
        case .array(let elements): judge(elements, schema)
        case .object(let members): judge(members, schema)
        default: break
        }
        for bound in schema.bounds where !keeps(bound, value) {
            note(
                .misfit,
                "breaks \(bound.keyword) \(JSON.number("\(bound.value)").integer.map { "\($0)" } ?? "\(bound.value)")")
        }
        judgeChoices(value, schema)
    }

    private mutating func fitsType(_ value: JSON, _ schema: Schema) -> Bool {
        let types = schema.types
        guard case .number(let literal) = value else { return !types.isDisjoint(with: value.types) }
        if types.contains(.number) {
            guard let number = Double(literal), number.isFinite else {
                note(.overflow, "a number that no double holds")
                return true
            }
            if schema.isWhole, number.rounded() != number { note(.misfit, "a fraction where airbyte_type is integer") }
            return true
        }
        guard types.contains(.integer) else { return false }
        let isPlain = literal.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
        if isPlain {
            if Int64(literal) == nil { note(.width, "an integer of \(literal.utf8.count) digits") }
            return true
        }
        guard let number = Double(literal), number.rounded() == number else { return false }
        note(.fraction, "an integer written as \(literal)")
        return true
    }

    private mutating func judge(_ text: String, _ schema: Schema) {
        if schema.isBase64, !Base64Form.fits(text) { note(.misfit, "a text that is not base64") }
        if let pattern = schema.pattern, text.firstMatch(of: pattern) == nil { note(.misfit, "breaks pattern") }
        guard let form = schema.form else { return }
        var text = text
        switch text.withUTF8(form.fit) {
        case .exact: break
        case .elsewhere: note(.zone, "a time in a zone other than UTC")
        case .none: note(.date, "a text that is not \(form.description)")
        }
    }

    private mutating func judge(_ elements: [JSON], _ schema: Schema) {
        for (index, element) in elements.enumerated() {
            guard let items = index < schema.leadingItems.count ? schema.leadingItems[index] : schema.items else {
                break
            }
            inside(String(index)) { $0.judge(element, items) }
        }
    }

    private mutating func judge(_ members: [JSON.Member], _ schema: Schema) {
        judge(hasMember: { name in members.contains { $0.name == name } }, schema)
        for member in members {
            guard let part = schema.properties[member.name] ?? schema.additional else { continue }
            inside(member.name) { $0.judge(member.value, part) }
        }
    }

    private mutating func judgeChoices(_ value: JSON, _ schema: Schema) {
        for part in schema.all { judge(value, part) }
        for group in schema.choices where !group.contains(where: { Self.fits(value, $0) }) {
            note(.misfit, "fits none of the schemas of anyOf")
        }
        for group in schema.alternatives {
            let count = group.count { Self.fits(value, $0) }
            // 1.0 may be an integer and a number: several fits are no misfit of the value.
            if count == 0 { note(.misfit, "fits none of the schemas of oneOf") }
        }
        if let excluded = schema.excluded, Self.fits(value, excluded) { note(.misfit, "fits the schema of not") }
    }

    private static func fits(_ value: JSON, _ schema: Schema) -> Bool {
        !faults(of: value, by: schema).contains { $0.kind == .misfit || $0.kind == .date }
    }

    private func keeps(_ bound: (keyword: String, value: Double), _ value: JSON) -> Bool {
        switch value {
        case .number(let literal):
            guard let number = Double(literal) else { return true }
            switch bound.keyword {
            case "minimum": return number >= bound.value
            case "maximum": return number <= bound.value
            case "exclusiveMinimum": return number > bound.value
            case "exclusiveMaximum": return number < bound.value
            default: return true
            }
        case .string(let text):
            let count = Double(text.unicodeScalars.count)
            return bound.keyword == "minLength"
                ? count >= bound.value : bound.keyword != "maxLength" || count <= bound.value
        case .array(let elements):
            let count = Double(elements.count)
            return bound.keyword == "minItems"
                ? count >= bound.value : bound.keyword != "maxItems" || count <= bound.value
        default: return true
        }
    }
}

extension JSON {
    /// The types of JSON Schema that this value is of, numbers aside.
    fileprivate var types: Schema.Types {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: [.number, .integer]
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// What kind of value it is, in words.
    var kindName: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
