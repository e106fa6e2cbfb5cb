import JSONBytes

/// Headers that something before the server wants with every request: basic authentication of a proxy, a service token.
///
/// They go where the token goes and nowhere else. All of them are secret.
package struct AdditionalHeaders: Sendable {
    /// Names and values in the order in which they were given.
    let fields: [(String, String)]

    /// No headers.
    package init() { fields = [] }

    /// Reads `Name: value` lines; empty ones are skipped, and a literal `\n`, as forms make it, ends a line, too.
    /// - Throws: `OptionError` that names the line by its number, never its value.
    package init(_ text: String) throws(OptionError) {
        var fields: [(String, String)] = []
        let lines = text.replacing("\\n", with: "\n").split(whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if String(line).trimmingBlanks().isEmpty { continue }
            let name = String(parts[0]).trimmingBlanks()
            guard parts.count == 2, !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
                throw Self.error(number, "is not of the form `Name: value`")
            }
            guard !Self.reserved.contains(name.lowercased()) else {
                throw Self.error(number, "sets \(name), which the connector sets itself")
            }
            let value = String(parts[1]).trimmingBlanks()
            guard !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw Self.error(number, "has no value, or one with control characters")
            }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// The same with basic authentication among them.
    /// - Throws: `OptionError` when they hold a login already.
    package func adding(_ basic: BasicAuthentication?) throws(OptionError) -> AdditionalHeaders {
        guard let basic else { return self }
        guard !fields.contains(where: { $0.0.lowercased() == "authorization" }) else {
            throw OptionError(
                "The options `http_headers` and `basic_authentication` both set Authorization. Leave one of them out.")
        }
        return AdditionalHeaders(fields: fields + [("Authorization", basic.headerValue)])
    }

    private init(fields: [(String, String)]) { self.fields = fields }

    /// What must be in no text: the values, and what stands behind the first word of one, as in `Basic …`.
    package var secrets: [String] {
        fields.flatMap { [$0.1] + $0.1.split(separator: " ").dropFirst().map(String.init) }
    }

    private static let reserved: Set<String> = [
        "x-auth-token", "x-user-id", "host", "content-length", "transfer-encoding", "connection", "accept-encoding",
        "accept",
    ]

    // RFC 9110 §5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) || "!#$%&'*+^`|".utf8.contains(byte)
    }

    private static func error(_ index: Int, _ reason: String) -> OptionError {
        OptionError("Line \(index + 1) of the option `http_headers` \(reason).")
    }
}
