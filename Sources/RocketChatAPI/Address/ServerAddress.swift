import JSONBytes

/// Where a workspace's API lies.
package struct ServerAddress: Sendable, Hashable {
    /// `http` or `https`.
    package let scheme: String
    /// Host in lower case, in brackets when it is an IPv6 address.
    package let host: String
    /// Port, if one was given.
    package let port: Int?
    /// Path of the workspace, without trailing slash; empty at the root.
    package let path: String
    // All of it, which every URL begins with.
    private let root: String

    /// Reads the `endpoint` option: a URL with or without trailing slash, sub-path, `/api` or `/api/v1`.
    ///
    /// Throws an error that says what to change.
    package init(_ endpoint: String) throws(OptionError) {
        let text = endpoint.trimmingBlanks()
        guard !text.isEmpty else {
            throw Self.error("it is empty. Enter the address of the workspace, for example https://chat.example.org")
        }
        guard let schemeEnd = text.firstRange(of: "://") else {
            throw Self.error("it has no scheme. Did you mean https://\(text.excerpt(80)) ?")
        }
        scheme = text[..<schemeEnd.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw Self.error("the scheme must be https or http, not \(scheme.excerpt(20))")
        }
        let rest = text[schemeEnd.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else {
            throw Self.error("it must not hold a query or fragment. Enter only the address of the workspace")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        guard !authority.contains("@") else {
            throw Self.error(
                "it must not hold a user name or password. The token goes into `token` and `user_id`, a login of a proxy before the "
                    + "server into `basic_authentication`")
        }
        (host, port) = try Self.hostAndPort(authority)
        path = try Self.path(rest[slash...])
        root = Self.root(scheme, host, port, path)
    }

    /// Creates an address from checked parts.
    init(scheme: String, host: String, port: Int?, path: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        root = Self.root(scheme, host, port, path)
    }

    private static func root(_ scheme: String, _ host: String, _ port: Int?, _ path: String) -> String {
        scheme + "://" + host + (port.map { ":\($0)" } ?? "") + path
    }

    /// The absolute URL of `path` below `/api/`, with `query` percent-encoded.
    package func url(path apiPath: String, query: [(String, String)] = []) -> String {
        var url = root
        url.reserveCapacity(256)
        url += "/api/"
        url += PercentEncoding.path(apiPath)
        var separator = "?"
        for (name, value) in query {
            url += separator
            url += PercentEncoding.query(name)
            url += "="
            url += PercentEncoding.query(value)
            separator = "&"
        }
        return url
    }

    /// The workspace's address where this one ends in a page of its web client, as it is copied from a browser's address line;
    /// nil where it does not. Whether it does cannot be told before the server has been asked: a workspace may lie there, too.
    var withoutPage: ServerAddress? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let page = parts.firstIndex(where: { Self.pages.contains(String($0)) }) else { return nil }
        let rest = parts[..<page].map { "/" + $0 }.joined()
        return ServerAddress(scheme: scheme, host: host, port: port, path: rest)
    }

    // The client's own routes (apps/meteor/client/startup/routes.tsx and apps/meteor/lib/rooms/roomTypes of Rocket.Chat 8.6.1).
    private static let pages: Set<String> = [
        "home", "login", "channel", "group", "direct", "live", "directory", "account", "admin", "omnichannel",
        "omnichannel-directory", "livechat-queue", "marketplace", "meet", "invite", "conference", "setup-wizard",
    ]

    private static func hostAndPort(_ authority: Substring) throws(OptionError) -> (String, Int?) {
        var host = authority
        var port: Int?
        let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]") : authority.startIndex
        guard let hostEnd else { throw error("the IPv6 address lacks its closing bracket") }
        if let colon = authority[hostEnd...].lastIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard let number = Int(digits), (1...65535).contains(number), digits.utf8.allSatisfy({ $0 >= 48 }) else {
                throw error("the port must be a number from 1 to 65535")
            }
            host = authority[..<colon]
            port = number
        }
        let allowed: (UInt8) -> Bool = { byte in
            byte > 0x7F || PercentEncoding.isUnreserved(byte)
                || (authority.hasPrefix("[") && [0x5B, 0x5D, 0x3A, 0x25].contains(byte))
        }
        guard !host.isEmpty, host.utf8.allSatisfy(allowed) else {
            throw error("the host name is missing or holds characters no host name has")
        }
        guard let ascii = Punycode.host(String(host)) else {
            throw error(
                "the host name \(String(host).excerpt(80)) cannot be brought into the form that the network wants. Write it as its "
                    + "registrar does, beginning with xn--")
        }
        return (ascii, port)
    }

    private static func path(_ text: Substring) throws(OptionError) -> String {
        var parts = text.split(separator: "/")
        if parts.suffix(2) == ["api", "v1"] {
            parts.removeLast(2)
        } else if parts.last == "api" {
            parts.removeLast()
        }
        guard !parts.contains(where: { $0 == "." || $0 == ".." || $0.utf8.contains(where: { $0 <= 0x20 }) }) else {
            throw error("the path holds white space or dots")
        }
        return parts.map { "/" + PercentEncoding.keepingEscapes($0) }.joined()
    }

    private static func error(_ reason: String) -> OptionError {
        OptionError("The option `endpoint` is not a usable address: \(reason).")
    }
}

extension ServerAddress: CustomStringConvertible {
    /// The address of the workspace, without `/api`.
    package var description: String { root }
}
