package import RocketChatAPI

extension Forecast.Pace {
    /// The length of a window that servers have unless somebody has changed it, in ms.
    private static let usualInterval: Int64 = 60_000

    /// The pace that a server allows on `route`, by what it has told so far: there, or else on other routes, since all have one
    /// default limit and one length of window (rocket-chat-api.md §2). Nil when it has told no limit.
    package static func told(by statistics: ClientStatistics, on route: String? = nil) -> Self? {
        let own = route.flatMap { statistics.routes[$0] }
        let others = statistics.routes.sorted { $0.key < $1.key }.map(\.value)
        // A limit comes with every answer, the length of its window only with the first answer of a window.
        let told = ([own].compactMap(\.self) + others.filter { $0.interval != nil } + others).filter { $0.limit != nil }
        guard let limit = told.first?.limit else { return nil }
        let interval = (told.filter { $0.limit == limit } + told).lazy.compactMap(\.interval).first
        return Self(limit: limit, interval: interval ?? usualInterval)
    }
}

extension RocketChatClient {
    /// The pace that the server allows, on `route` or in general. Nil when nothing limits this token, or nothing was told.
    func pace(of route: String? = nil) -> Forecast.Pace? {
        bypassesRateLimit ? nil : .told(by: statistics, on: route)
    }
}
