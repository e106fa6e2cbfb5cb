/// The decoded query of a request, in order.
struct QueryParameters: Sendable {
    /// Names and values as sent; a name may end in `[]` and may come more than once.
    private(set) var pairs: [(name: String, value: String)] = []

    /// Decodes the part of a target after `?`.
    init(_ encoded: Substring) {
        for part in encoded.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append((Self.decode(halves[0]), halves.count > 1 ? Self.decode(halves[1]) : ""))
        }
    }

    /// Adds a parameter.
    mutating func append(_ name: String, _ value: String) {
        pairs.append((name, value))
    }

    /// The value of the last parameter of that name.
    subscript(name: String) -> String? {
        pairs.last { $0.name == name }?.value
    }

    /// The value of a parameter that is neither missing nor empty.
    func filled(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The whole number at the beginning of a value, as JavaScript's `parseInt` finds it, within the bounds of what can be
    /// meant; nil when the parameter is missing or empty, 0 when it is no number.
    func integer(_ name: String) -> Int? {
        guard let text = filled(name) else { return nil }
        guard let number = Double(text) ?? Double(text.prefix { $0.isNumber }), number.isFinite else { return 0 }
        return Int(max(-1e15, min(1e15, number)))
    }

    /// The values of a list sent as `name[]=a&name[]=b` (or `name=a`).
    func list(_ name: String) -> [String] {
        pairs.filter { $0.name == name || $0.name == "\(name)[]" }.map(\.value)
    }

    /// The parameter names without brackets.
    var names: Set<String> {
        Set(pairs.map { $0.name.hasSuffix("[]") ? String($0.name.dropLast(2)) : $0.name })
    }

    /// Percent encodes everything but letters, digits and dots.
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        .joined()
    }

    /// Undoes percent encoding; `+` is a space.
    static func decode(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var source = Array(text.utf8)[...]
        while let byte = source.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%"), source.count >= 2,
                let value = UInt8(String(decoding: source.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                source = source.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
