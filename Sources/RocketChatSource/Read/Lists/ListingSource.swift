/// Where rows came from: a listing with its parameters, as this token sees it.
///
/// Another listing, or the same one seen with fewer permissions, lacks rows that are alive. So what a state knows is kept by source,
/// and only a source that would still contain a row may say that it is gone.
struct ListingSource: Sendable, Hashable {
    /// Path and parameters of the endpoint.
    let route: String
    /// What widens it: permissions that the token holds, and the user whose own rows it lists. Nil in states that were written before this was noted: then whatever holds now held then.
    let scope: Set<String>?

    init(route: String, scope: Set<String>?) {
        self.route = route
        self.scope = scope
    }

    /// `endpoint` as the token sees it.
    init(_ endpoint: ListEndpoint, access: Access) {
        route = endpoint.route
        var scope = Set(endpoint.widening.filter { access.permissions.contains($0) })
        // Whoever holds all that widens it sees more than what is his.
        let isWhole = !endpoint.widening.isEmpty && scope.count == endpoint.widening.count
        if endpoint.isOwn, !isWhole { scope.insert("user=\(access.userID)") }
        self.scope = scope
    }

    /// Whether everything that `other` lists is listed here, too.
    func includes(_ other: ListingSource) -> Bool {
        guard route == other.route else { return false }
        guard let scope, let wanted = other.scope else { return true }
        return scope.isSuperset(of: wanted)
    }
}
