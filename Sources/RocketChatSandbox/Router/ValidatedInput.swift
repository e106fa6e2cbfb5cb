/// Since when a route checks what it is sent, and what it makes of names that it does not know.
struct Validation: Sendable {
    /// First release that checks before the handler.
    var checked: Version
    /// First release in which the route is a typed one; nil for none up to 8.6.
    var typed: Version? = Version(8, 3)
    /// Whether other names are passed over.
    var takesOthers = false
}

/// What a route is sent, as query or as body, and checks by the server's `rest-typings`.
protocol ValidatedInput {
    /// Since when, and how strictly.
    var validation: Validation { get set }
}

extension ValidatedInput {
    private func validated(_ change: (inout Validation) -> Void) -> Self {
        var input = self
        change(&input.validation)
        return input
    }

    /// The same, other names being passed over.
    func allowingOthers() -> Self {
        validated { $0.takesOthers = true }
    }

    /// The same, first checked in a release.
    func since(_ major: Int, _ minor: Int) -> Self {
        validated { $0.checked = Version(major, minor) }
    }

    /// The same for a route that became a typed one in a release other than 8.3.
    func typed(_ major: Int, _ minor: Int) -> Self {
        validated { $0.typed = Version(major, minor) }
    }

    /// The same for a route that has not become a typed one up to 8.6: it still complains with `invalid-params`.
    func legacy() -> Self {
        validated { $0.typed = nil }
    }

    /// Whether a release checks before the limiter counts and complains with `error-invalid-params`.
    func isTyped(_ version: Version) -> Bool {
        validation.typed.map { version >= $0 } ?? (version >= Version(9, 0))
    }
}
