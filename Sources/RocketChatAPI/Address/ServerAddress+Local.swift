extension ServerAddress {
    /// What to say of a token that would cross a network readable for others; nil where it does not.
    package var clearTextDoubt: String? {
        guard scheme == "http", !isLocal else { return nil }
        return "'endpoint' begins with http://, so the token and all messages cross the network in clear text, for "
            + "others to read. Use https:// if the server has it."
    }

    /// Whether the host is this machine, or a name without a dot: a container beside this one.
    private var isLocal: Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        let isBare = !name.contains { $0 == "." || $0 == ":" }
        if isBare || name == "[::1]" || name.hasSuffix(".localhost") { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }
}
