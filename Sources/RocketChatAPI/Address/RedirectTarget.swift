import JSONBytes

/// Where a redirect leads.
struct RedirectTarget: Sendable, Equatable {
    /// The absolute URL.
    let url: String
    /// Scheme, host and port, to show to a person.
    let origin: String
    /// Whether the credentials may go there: the same host and port, or its https twin.
    let isTrusted: Bool

    /// Whether a status asks for another GET elsewhere.
    static func isRedirect(_ status: Int) -> Bool {
        [301, 302, 303, 307, 308].contains(status)
    }

    /// Resolves a `Location` header met at `url`, for a workspace at `server`. `nil` when it is unreadable.
    init?(location: String, at url: String, server: ServerAddress) {
        let text = location.trimmingBlanks()
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        let absolute: String
        if text.contains("://"), !text.hasPrefix("/") {
            absolute = text
        } else if text.hasPrefix("//") {
            absolute = (url.hasPrefix("https:") ? "https:" : "http:") + text
        } else {
            guard let end = url.firstRange(of: "://") else { return nil }
            let rest = url[end.upperBound...]
            let pathStart = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
            let directory = rest[pathStart...].prefix { !"?#".contains($0) }.lastIndex(of: "/") ?? pathStart
            let base = text.hasPrefix("/") ? String(url[..<pathStart]) : String(url[..<directory]) + "/"
            absolute = base + text
        }
        let withoutFragment = String(absolute.prefix { $0 != "#" })
        guard let bare = Self.origin(of: withoutFragment), let parsed = try? ServerAddress(bare) else { return nil }
        self.url = withoutFragment
        origin = parsed.description
        isTrusted = Self.isTrusted(parsed, server)
    }

    // Scheme, host and port; an address with a user name in it is refused where this is read.
    private static func origin(of url: String) -> String? {
        guard let end = url.firstRange(of: "://") else { return nil }
        let authority = url[end.upperBound...].prefix { $0 != "/" && $0 != "?" }
        return String(url[..<authority.endIndex])
    }

    private static func isTrusted(_ target: ServerAddress, _ server: ServerAddress) -> Bool {
        guard target.host == server.host else { return false }
        if target.scheme == server.scheme { return target.effectivePort == server.effectivePort }
        // http://host:3000 commonly moves to https://host; the way back never.
        return target.scheme == "https" && (target.effectivePort == 443 || target.port == server.port)
    }
}

extension ServerAddress {
    /// The port, or the scheme's own.
    var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }
}
