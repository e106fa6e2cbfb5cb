/// A server release.
struct Version: Sendable, Comparable {
    /// The numbers.
    let major: Int
    /// The second number.
    let minor: Int
    /// The third number.
    let patch: Int

    /// A release.
    init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `8.6.1`; what is missing or not a number counts as 0.
    init(_ text: String) {
        let parts = text.split(separator: "-")[0].split(separator: ".").map { Int($0) ?? 0 } + [0, 0, 0]
        self.init(parts[0], parts[1], parts[2])
    }

    /// `8.6.1`.
    var text: String { "\(major).\(minor).\(patch)" }

    static func < (left: Version, right: Version) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
