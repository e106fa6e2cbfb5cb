/// Header fields of an answer, looked up by name without regard to case.
///
/// The lines stay as they came; a name or value becomes a `String` only when somebody asks for it, because most
/// answers are read for two or three of a dozen fields.
package struct HTTPHeaders: Sendable {
    // "Name: value" lines with their ends as they came.
    private var lines: [UInt8] = []
    // Where each of them begins.
    private var starts: [Int] = []

    /// No fields.
    package init() {}

    /// Fields from pairs; used by transports that are not libcurl.
    package init(_ fields: [(String, String)]) {
        for (name, value) in fields {
            append(line: Array("\(name): \(value)\r\n".utf8))
        }
    }

    /// Appends one raw `Name: value` line, with or without its line end.
    package mutating func append(line: some Collection<UInt8>) {
        starts.append(lines.count)
        lines.append(contentsOf: line)
    }

    /// Forgets all fields, keeping the storage (a `100 Continue` or proxy answer came before the final one).
    package mutating func removeAll() {
        lines.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }

    /// The value of the first field called `name`, without surrounding white space; `nil` when absent.
    package subscript(name: String) -> String? {
        let wanted = name.utf8
        for (number, start) in starts.enumerated() {
            let end = number + 1 < starts.count ? starts[number + 1] : lines.count
            let colon = start + wanted.count
            if colon < end, lines[colon] == UInt8(ascii: ":"),
                lines[start..<colon].elementsEqual(wanted, by: { lowercased($0) == lowercased($1) })
            {
                return String(decoding: trimmed(lines[(colon + 1)..<end]), as: UTF8.self)
            }
        }
        return nil
    }

    /// The value of the first field called `name` as a decimal integer; `nil` when absent or not one.
    package func integer(_ name: String) -> Int64? {
        self[name].flatMap { Int64($0) }
    }

    private func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
        guard let first = bytes.firstIndex(where: { !blank($0) }), let last = bytes.lastIndex(where: { !blank($0) })
        else { return [] }
        return bytes[first...last]
    }
}
