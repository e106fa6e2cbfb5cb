import AirbyteProtocol
import JSONBytes

/// Judges the records of a read, one at a time, and tells what identifies them.
struct RecordCheck {
    /// What tells a record from others.
    struct Identity {
        /// A hash of its key, or of everything where there is no key.
        var key: UInt64
        /// A hash of its values.
        var content: UInt64
    }

    /// Unix milliseconds after which nothing can have been emitted; a day's grace for clocks.
    private let newest = Clock.now() + 86_400_000
    /// Less cannot be the time of this read; the same grace.
    private let eldest = Clock.now() - 86_400_000
    /// 1973: what is less counts seconds.
    private static let oldest: Int64 = 100_000_000_000
    private var judge = SchemaJudge()

    /// A check for one read.
    init() {}

    /// Notes what is wrong with the envelope of a record.
    func judge(
        _ head: RecordHead, _ line: UnsafeBufferPointer<UInt8>, place: Place, into findings: inout Findings
    ) {
        let stamp = head.emittedAt ?? -1
        if !(Self.oldest...newest ~= stamp) {
            let what = head.emittedAt.map { "is \($0)" } ?? "is missing or no whole number"
            findings.breach(.recordIsStamped, "\(place): `emitted_at` \(what)")
        } else if stamp < eldest {
            findings.breach(.recordIsStampedNow, "\(place): `emitted_at` is more than a day before this read")
        }
        // `meta` is rare, so it is looked for where it can stand and read only then.
        let outside = [line[..<head.data.start], line[head.data.end...]].map { UnsafeBufferPointer(rebasing: $0) }
        guard outside.contains(where: { Self.holdsMeta($0) }), let whole = try? JSON(parsing: line),
            let meta = whole["record"]?["meta"]
        else { return }
        let fault = MessageShape.fault(meta: meta)
        findings.require(fault == nil, .recordMetaIsWellFormed, "\(place): \(fault ?? "")")
    }

    private static func holdsMeta(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let word = Array("\"meta\"".utf8)
        guard bytes.count >= word.count else { return false }
        return bytes.indices.dropLast(word.count - 1).contains {
            bytes[$0] == word[0] && bytes[$0...].starts(with: word)
        }
    }

    /// Judges the data of a record.
    mutating func judge(
        _ fields: [RecordField], of request: StreamRequest, _ line: UnsafeBufferPointer<UInt8>, place: Place,
        into findings: inout Findings
    ) -> Identity {
        let stream = request.stream
        guard !fields.isEmpty else {
            findings.breach(.recordIsNotEmpty, "\(place): `data` of `\(stream.key)` is empty")
            return Identity(key: 0, content: 0)
        }
        judge.reset()
        var content: UInt64 = 0
        var parts: [UInt64?] = stream.primaryKey.map { _ in nil }
        var hasCursor = false
        let names = fields.map { $0.name.text(in: line) }
        for (name, field) in zip(names, fields) {
            if let schema = stream.schema.properties[name] ?? stream.schema.additional {
                judge.judge(member: name, field.value, in: line, schema)
            }
            var hash = ByteHash()
            hash.add(name.utf8)
            Self.add(field.value, line, to: &hash)
            content &+= hash.mixed
            for (index, path) in stream.primaryKey.enumerated() where path[0] == name {
                parts[index] = Self.hash(path, field.value, line)
            }
            if stream.cursor.first == name { hasCursor = Self.hash(stream.cursor, field.value, line) != nil }
        }
        let distinct = Set(names)
        if distinct.count < names.count {
            findings.breach(.recordMembersAreUnique, "\(place): a member of `data` of `\(stream.key)` comes twice")
        }
        judge.judge(hasMember: distinct.contains, stream.schema)
        note(judge.faults, stream.key, place, into: &findings)
        if request.isIncremental, !stream.cursor.isEmpty, !hasCursor {
            let cursor = stream.cursor.joined(separator: ".")
            findings.breach(
                .recordCursorIsNotNull, "\(place): the cursor `\(cursor)` of `\(stream.key)` is null or missing")
        }
        for (part, path) in zip(parts, stream.primaryKey) where part == nil {
            findings.breach(
                .recordKeyIsNotNull, "\(place): `\(path.joined(separator: "."))` of `\(stream.key)` is null or missing")
        }
        return Identity(key: Self.key(parts, content: content), content: content)
    }

    /// Without a whole key, a record is what it holds.
    private static func key(_ parts: [UInt64?], content: UInt64) -> UInt64 {
        guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return content }
        return parts.reduce(17) { ($0 &* 0x9E37_79B9_7F4A_7C15) ^ ($1 ?? 0) }
    }

    /// The hash of what `path` leads to, from the value of its first name on; nil for null and nothing.
    private static func hash(_ path: [String], _ token: JSONToken, _ line: UnsafeBufferPointer<UInt8>) -> UInt64? {
        var hash = ByteHash()
        if path.count == 1 {
            guard token.kind != .null else { return nil }
            add(token, line, to: &hash)
            return hash.mixed
        }
        guard var value = try? JSON(parsing: UnsafeBufferPointer(rebasing: line[token.whole])) else { return nil }
        for name in path.dropFirst() {
            guard let inner = value[name] else { return nil }
            value = inner
        }
        hash.add(value.bytes)
        return hash.mixed
    }

    /// Adds what a value is, however it is written: members have no order, and letters may be escaped.
    private static func add(_ token: JSONToken, _ line: UnsafeBufferPointer<UInt8>, to hash: inout ByteHash) {
        let isPlain = token.kind != .object && token.kind != .array && !token.isEscaped
        let bytes = UnsafeBufferPointer(rebasing: line[token.whole])
        guard !isPlain, let value = try? JSON(parsing: bytes) else { return hash.add(bytes) }
        hash.add(value.canonical.bytes)
    }

    private func note(_ faults: [SchemaFault], _ key: StreamKey, _ place: Place, into findings: inout Findings) {
        for fault in faults {
            let rule: Rule =
                switch fault.kind {
                case .misfit: .recordFits
                case .date: .recordDatesHaveForm
                case .zone: .recordDatesAreUTC
                case .fraction: .recordIntegersAreWhole
                case .width: .recordIntegersAreNarrow
                case .overflow: .recordNumbersAreFinite
                }
            findings.breach(rule, "\(place): `\(key)`: \(fault.description)")
        }
    }
}
