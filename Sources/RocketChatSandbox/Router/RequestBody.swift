/// What a request carries in its body: members of a JSON object, or the fields and files of a form.
struct RequestBody: Sendable {
    /// One file of a form.
    struct File: Sendable {
        /// The name of the form's field.
        let field: String
        /// The file's own name.
        let name: String
        /// Its media type.
        let type: String
        /// Bytes of it.
        let size: Int
    }

    /// The members; the fields of a form as texts.
    private(set) var members = JSONObject()
    /// The files of a form.
    private(set) var files: [File] = []

    /// Nothing.
    init() {}

    /// The body of a request, by its media type; what cannot be read counts as nothing.
    init(_ request: SandboxRequest) {
        let type = request.header("Content-Type") ?? ""
        if type.lowercased().hasPrefix("multipart/form-data"), let mark = type.firstRange(of: "boundary=") {
            let boundary = type[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
            readForm(request.body, boundary: Array("--\(boundary)".utf8))
        } else {
            members = JSONParser.parse(request.body)?.object ?? JSONObject()
        }
    }

    /// A member, as sent.
    subscript(name: String) -> JSON? { members[name] }

    /// A text that is neither missing nor blank.
    func filled(_ name: String) -> String? {
        members[name]?.text.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
    }

    /// The texts of a list; empty when there is none.
    func texts(_ name: String) -> [String] {
        (members[name]?.elements ?? []).compactMap(\.text)
    }

    private mutating func readForm(_ body: [UInt8], boundary: [UInt8]) {
        var rest = body[...]
        while let start = rest.firstRange(of: boundary) {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: boundary) else { return }
            // Each part stands between the line break after its boundary and the one before the next.
            readPart(rest[..<end.lowerBound].dropFirst(2).dropLast(2))
        }
    }

    private mutating func readPart(_ part: ArraySlice<UInt8>) {
        guard let gap = part.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let content = part[gap.upperBound...]
        var field: String?
        var name: String?
        var type = "application/octet-stream"
        for line in String(decoding: part[..<gap.lowerBound], as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.lowercased().hasPrefix("content-type:") { type = String(line.dropFirst(13).drop { $0 == " " }) }
            guard line.lowercased().hasPrefix("content-disposition:") else { continue }
            field = Self.attribute("name", of: line)
            name = Self.attribute("filename", of: line)
        }
        guard let field else { return }
        if let name {
            files.append(File(field: field, name: name, type: type, size: content.count))
        } else {
            members[field] = .string(String(decoding: content, as: UTF8.self))
        }
    }

    private static func attribute(_ name: String, of line: Substring) -> String? {
        guard let start = line.firstRange(of: "; \(name)=\"") else { return nil }
        return String(line[start.upperBound...].prefix { $0 != "\"" })
    }
}
