/// Which of a stream's listings has more of a row.
struct ListingFullness: Sendable {
    // Routes from the fullest on; thin ones lack fields, the others differ in which rows they list.
    private let routes: [String]
    private let thin: Set<String>

    /// The order of `endpoints`, of which the earlier ones list more rows.
    init(_ endpoints: [ListEndpoint]) {
        self.init(
            full: endpoints.filter { !$0.isThin }.map(\.route), thin: endpoints.filter(\.isThin).map(\.route))
    }

    /// An order of routes: the full ones, then the thin ones.
    init(full: [String], thin: [String] = []) {
        routes = full + thin
        self.thin = Set(thin)
    }

    /// Whether the stream is read from this route nowadays.
    func knows(_ route: String) -> Bool { routes.contains(route) }

    /// Whether a row of `route` is to replace one of `other`.
    func isFuller(_ route: String, than other: String) -> Bool {
        guard let here = routes.firstIndex(of: route) else { return false }
        return here < (routes.firstIndex(of: other) ?? routes.count)
    }

    /// Whether rows of `route` lack no field that those of `other` have.
    func isAsFull(_ route: String, as other: String) -> Bool {
        knows(route) && (!thin.contains(route) || thin.contains(other) || !knows(other))
    }
}
