import JSONBytes

/// What `omit_fields` does to the streams.
package struct Omission: Sendable {
    private let fields: [OmittedField]

    package init(_ fields: [OmittedField]) { self.fields = fields }

    /// The stream without what is not wanted of it.
    package func apply(to stream: StreamDefinition) -> StreamDefinition {
        let paths = fields.filter { $0.stream == stream.name }
        return paths.isEmpty ? stream : stream.without(paths)
    }

    /// Why the first of the fields that cannot be left out must stay; nil when all of them can go.
    package var refusal: String? {
        for field in fields {
            guard let stream = Catalogue.stream(named: field.stream), let reason = stream.reason(toKeep: field) else {
                continue
            }
            return "'omit_fields' holds '\(field.text)', which cannot be left out: \(reason). Take it from the list."
        }
        return nil
    }

    /// What to say of fields that no stream has.
    package var doubts: [String] {
        fields.compactMap { field in
            guard let stream = Catalogue.stream(named: field.stream) else {
                return "'omit_fields' holds '\(field.text)', but there is no stream '\(field.stream)'."
            }
            guard !stream.fields.contains(where: { $0.name == field.top }) else { return nil }
            return "'omit_fields' holds '\(field.text)', but stream '\(stream.name)' declares no field '\(field.top)'. "
                + "Should the server send one, it is left out."
        }
    }
}

extension StreamDefinition {
    /// The stream without these fields, in its records and in its schema.
    fileprivate func without(_ omitted: [OmittedField]) -> StreamDefinition {
        let gone = Set(omitted.filter(\.isTop).map(\.path))
        var stream = self
        stream.fields.removeAll { gone.contains($0.name) }
        stream.dropped += omitted.map(\.path)
        return stream
    }

    /// Why a field must stay; nil when it can go.
    fileprivate func reason(toKeep field: OmittedField) -> String? {
        if primaryKey.contains(field.top) { return "it is a primary key of the stream" }
        if field.top == cursor { return "it is the cursor of the stream" }
        let keys = field.path.split(separator: ".").map(String.init)
        if masking.contains(where: { FieldPath($0).components.starts(with: keys) }) {
            return "it shows that the texts of a record may hold access tokens, which are taken out then"
        }
        if field.top == Self.deletionMark || field.top == Self.syncInstant { return "it tells what was removed" }
        switch reading {
        case .messages where field.top == "rid": return "it tells which room a message or its removal belongs to"
        case .workspace where ["url", "version"].contains(field.path): return "the connector itself fills it in"
        case .partitioned(let partition):
            if partition.addedFields.contains(field.top) { return "the connector itself fills it in" }
            return partition.rowKey.components.starts(with: keys)
                ? "the primary key of the stream is taken from it" : nil
        default: return nil
        }
    }
}
