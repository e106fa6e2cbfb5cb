/// A server version as `/api/info` gives it: `x.y`, `x.y.z`, `x.y.z-rc.n` or `x.y.z-develop`.
///
/// Most servers since 4.0 tell ordinary users only major and minor, so comparison uses these two: a feature must never
/// be judged by a patch number that may be hidden. A pre-release counts as its release.
package struct ServerVersion: Comparable, Sendable, Hashable {
    /// The major number.
    package let major: Int
    /// The minor number.
    package let minor: Int
    /// The patch number, if told.
    package let patch: Int?
    /// The part after the first hyphen, if any (`rc.1`, `develop`).
    package let suffix: String?

    /// Reads a version; `nil` when the text is not one.
    package init?(_ text: String) {
        let parts = text.trimmingBlanks().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count) else { return nil }
        let values = numbers.compactMap { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
        guard values.count == numbers.count else { return nil }
        major = values[0]
        minor = values[1]
        patch = values.count == 3 ? values[2] : nil
        suffix = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil
    }

    /// Creates `major.minor`, for feature gates.
    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
        patch = nil
        suffix = nil
    }

    /// By major and minor only.
    package static func < (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// By major and minor only, like `<`.
    package static func == (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor) == (right.major, right.minor)
    }

    /// By major and minor only, like `==`.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(major)
        hasher.combine(minor)
    }
}

extension ServerVersion: CustomStringConvertible {
    /// The version as it was told.
    package var description: String {
        "\(major).\(minor)" + (patch.map { ".\($0)" } ?? "") + (suffix.map { "-\($0)" } ?? "")
    }
}
