import AirbyteProtocol
import JSONBytes

/// Judges a CATALOG payload.
enum CatalogJudge {
    /// What holds and what not.
    static func judge(_ catalog: JSON) -> Findings {
        var findings = Findings()
        guard let streams = catalog["streams"]?.array, !streams.isEmpty else {
            findings.breach(
                .discoverHasStreams,
                "`streams` is \(catalog["streams"].map { $0.array == nil ? $0.kindName : "an empty list" } ?? "missing")"
            )
            return findings
        }
        findings.examine(.discoverHasStreams, .discoverNamesAreUnique)
        var keys: Set<StreamKey> = []
        for (index, stream) in streams.enumerated() {
            guard let key = StreamKey(stream), !key.name.isEmpty else {
                findings.breach(.discoverStreamIsWhole, "stream number \(index + 1) has no name")
                continue
            }
            findings.require(keys.insert(key).inserted, .discoverNamesAreUnique, "`\(key)` comes twice")
            judge(stream, key, into: &findings)
        }
        return findings
    }

    private static func judge(_ stream: JSON, _ key: StreamKey, into findings: inout Findings) {
        let fault = partsFault(stream)
        findings.require(fault == nil, .discoverStreamIsWhole, "`\(key)`: \(fault ?? "")")
        judgeModes(stream["supported_sync_modes"], key, into: &findings)
        guard let schema = stream["json_schema"], schema.members != nil else { return }
        let types = SchemaWalk.types(of: schema) ?? []
        findings.require(types.contains("object"), .discoverSchemaIsObject, "`\(key)`: the `type` is not object")
        findings.require(
            schema["properties"]?.members != nil, .discoverSchemaIsObject, "`\(key)`: no object `properties`")
        let faults = SchemaShape.faults(of: schema)
        findings.examine(.discoverSchemaIsValid)
        faults.forEach { fault in findings.breach(.discoverSchemaIsValid, "`\(key)`: \(fault)") }
        if schema["properties"]?.members != nil { judgePaths(stream, schema, key, into: &findings) }
        guard faults.isEmpty else { return }
        SchemaStyle.judge(schema, key, into: &findings)
    }

    private static func judgeModes(_ modes: JSON?, _ key: StreamKey, into findings: inout Findings) {
        guard let list = modes?.array, !list.isEmpty else {
            return findings.breach(
                .discoverModesAreKnown,
                "`\(key)`: `supported_sync_modes` is \(modes.map { $0.array == nil ? $0.kindName : "an empty list" } ?? "missing")"
            )
        }
        let unknown = list.first { !["full_refresh", "incremental"].contains($0.string) }
        findings.require(unknown == nil, .discoverModesAreKnown, "`\(key)`: \(unknown?.text ?? "")")
    }

    /// What of the members of an AirbyteStream has another type than the protocol's.
    private static func partsFault(_ stream: JSON) -> String? {
        guard let schema = stream["json_schema"] else { return "no `json_schema`" }
        guard schema.members != nil else { return "`json_schema` is \(schema.kindName)" }
        for name in ["source_defined_cursor", "is_resumable", "is_file_based"] {
            if let value = stream[name], value.boolean == nil { return "`\(name)` is \(value.kindName)" }
        }
        if let space = stream["namespace"], space.string == nil { return "`namespace` is \(space.kindName)" }
        if let cursor = stream["default_cursor_field"], !isPath(cursor) {
            return "`default_cursor_field` is no list of names"
        }
        guard let keys = stream["source_defined_primary_key"] else { return nil }
        guard let paths = keys.array, paths.allSatisfy({ isPath($0) && $0.array?.isEmpty == false }) else {
            return "`source_defined_primary_key` is no list of lists of names"
        }
        return nil
    }

    private static func isPath(_ value: JSON) -> Bool { value.array?.allSatisfy { $0.string != nil } ?? false }

    private static func judgePaths(_ stream: JSON, _ schema: JSON, _ key: StreamKey, into findings: inout Findings) {
        for path in DiscoveredStream.paths(stream["source_defined_primary_key"]) {
            let field = SchemaWalk.field(path, in: schema, document: schema)
            let name = path.joined(separator: ".")
            findings.require(field != nil, .discoverKeysAreDeclared, "`\(key)`: the key `\(name)` is not declared")
            guard let types = field.flatMap(SchemaWalk.types) else { continue }
            let nested = types.intersection(["object", "array"]).sorted()
            findings.require(
                nested.isEmpty, .discoverKeysAreScalar,
                "`\(key)`: the key `\(name)` is of type \(nested.joined(separator: ", "))")
            findings.require(
                path.count == 1, .discoverKeysAreOnTop, "`\(key)`: the key `\(name)` is inside of another field")
        }
        let cursor = stream["default_cursor_field"]?.array?.compactMap(\.string) ?? []
        guard !cursor.isEmpty else { return }
        let (field, name) = (SchemaWalk.field(cursor, in: schema, document: schema), cursor.joined(separator: "."))
        findings.require(field != nil, .discoverCursorIsDeclared, "`\(key)`: the cursor `\(name)` is not declared")
        guard let types = field.flatMap(SchemaWalk.types) else { return }
        let nested = types.intersection(["object", "array", "boolean"]).sorted()
        findings.require(
            nested.isEmpty, .discoverCursorIsOrdered,
            "`\(key)`: the cursor `\(name)` is of type \(nested.joined(separator: ", "))")
    }
}
