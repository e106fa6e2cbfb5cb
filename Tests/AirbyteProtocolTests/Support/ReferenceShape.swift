import AirbyteProtocol

@testable import JSONBytes

/// What a record becomes by a shape's rules, worked out on decoded values: the judge of what the scanner does to bytes.
///
/// Number literals of 20 digits and more are beyond it.
struct ReferenceShape {
    let shape: RecordShape

    /// The record's data as it must leave, and the names of the fields that are noted as nulled; nil if nothing is left.
    func outcome(of record: JSONValue) -> (data: JSONValue, nulled: Set<String>)? {
        guard case .object(let members) = record else { return nil }
        var data: [String: JSONValue] = [:]
        var nulled: Set<String> = []
        for (name, value) in members where !isGone([name]) && !isReserved(name) {
            let inner = inside(value, [name])
            let read = shape.types[name].map { self.read(inner, as: $0) } ?? (value.isEndless ? nil : inner)
            data[name] = (read ?? .null).withoutEndless
            if read == nil { nulled.insert(name) }
        }
        return data.isEmpty ? nil : (.object(data), nulled)
    }

    private func isReserved(_ name: String) -> Bool {
        name.lowercased().hasPrefix("_ab_") || name.lowercased().hasPrefix("_airbyte_")
    }

    private func isGone(_ path: [String]) -> Bool {
        let text = path.joined(separator: ".")
        if shape.dropping.contains(FieldPath(text)) { return true }
        let siblings = shape.keeping.filter {
            $0.components.count == path.count && $0.components.dropLast() == path.dropLast()
        }
        return !siblings.isEmpty && !shape.keeping.contains { $0.components.starts(with: path) }
    }

    private func inside(_ value: JSONValue, _ path: [String]) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { inside($0, path) })
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.compactMap { name, value in
                        isGone(path + [name]) ? nil : (name, inside(value, path + [name]))
                    }))
        default: value
        }
    }

    private func read(_ value: JSONValue, as type: FieldType) -> JSONValue? {
        if value == .null || value == .string("") && type != .string { return .null }
        if value == .array([]) && type == .object { return .null }
        if value.isEndless { return nil }
        switch (type, value) {
        case (.string, .string), (.integer, .integer), (.number, .integer), (.boolean, .bool), (.object, .object),
            (.array, .array), (.strings, .array), (.objects, .array), (.list, .array):
            return value
        case (.string, .bool(let flag)): return .string("\(flag)")
        case (.string, .integer(let number)): return .string("\(number)")
        case (.string, .number(let number)): return .string("\(number)")
        case (.number, .number(let number)): return number.magnitude < 1e28 ? value : nil
        case (.integer, .number(let number)): return Int64(exactly: number).map { .integer($0) }
        case (.integer, .string(let text)): return Int64(text).map { .integer($0) }
        case (.number, .string(let text)): return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) }
        case (.boolean, .integer(let number)): return number == 1 ? .bool(true) : number == 0 ? .bool(false) : nil
        case (.boolean, .string(let text)): return ["true": .bool(true), "false": .bool(false)][text]
        case (.strings, .string), (.objects, .object), (.list, _): return .array([value])
        default: return nil
        }
    }
}

extension JSONValue {
    fileprivate var isEndless: Bool { if case .number(let value) = self { value.isInfinite } else { false } }

    fileprivate var withoutEndless: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutEndless))
        case .object(let members): .object(members.mapValues(\.withoutEndless))
        default: isEndless ? .null : self
        }
    }
}
