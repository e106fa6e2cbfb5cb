import RocketChatAPI
import Testing

@testable import RocketChatSource

@Suite struct ForecastTests {
    private let pace = Forecast.Pace(limit: 10, interval: 60_000)

    @Test(arguments: [(0, 0), (1, 0), (10, 0), (11, 60_000), (200, 1_140_000), (10_000, 59_940_000)])
    func waitsForEveryFullWindowButTheLast(requests: Int, expected: Int64) {
        #expect(Forecast(rows: nil, requests: requests).duration(at: pace) == expected)
    }

    @Test func costsNoTimeWithoutALimit() {
        #expect(Forecast(rows: 5, requests: 1000).duration(at: nil) == 0)
    }

    @Test func saysRowsRequestsMinutesAndWhatWouldHelp() {
        let sentence = Forecast(rows: 100_000, requests: 200).sentence(stream: "messages", pace: pace)
        for part in ["100000 rows", "200 requests", "10 requests per 60 s", "19 min", "api-bypass-rate-limit"] {
            #expect(sentence.contains(part))
        }
    }

    @Test func countsPagesOfLargeRoomsAndOneRequestForEveryOther() {
        let rooms = [
            Room(id: "big", type: "c", messages: 2500, isMember: true),
            Room(id: "small", type: "c", messages: 10, isMember: true), Room(id: "known", type: "c", isMember: true),
        ]
        var state = ParentWatermarks()
        state.rooms["known"] = Watermark(at: 1_795_165_200_000)
        let plan = RoomPlan(rooms: rooms, state: state, horizon: 1_795_165_200_001, isComplete: true)
        #expect(plan.forecast(pageSize: 1000) == Forecast(rows: 2510, requests: 5))
    }

    private func route(limit: Int?, interval: Int64?) -> RouteStatistics {
        var route = RouteStatistics()
        (route.limit, route.interval) = (limit, interval)
        return route
    }

    @Test func theLengthOfAWindowIsTakenFromWhicheverRouteHasToldIt() {
        var statistics = ClientStatistics(routes: ["/a": route(limit: nil, interval: nil)])
        #expect(Forecast.Pace.told(by: statistics, on: "/b") == nil)
        statistics.routes["/a"] = route(limit: 10, interval: nil)
        #expect(Forecast.Pace.told(by: statistics, on: "/b") == Forecast.Pace(limit: 10, interval: 60_000))
        statistics.routes["/c"] = route(limit: 10, interval: 3000)
        for name in ["/a", "/b", "/c", nil] {
            #expect(Forecast.Pace.told(by: statistics, on: name) == Forecast.Pace(limit: 10, interval: 3000))
        }
        statistics.routes["/b"] = route(limit: 5, interval: 9000)
        #expect(Forecast.Pace.told(by: statistics, on: "/b") == Forecast.Pace(limit: 5, interval: 9000))
        #expect(Forecast.Pace.told(by: statistics, on: "/a") == Forecast.Pace(limit: 10, interval: 3000))
    }

    @Test(arguments: [(0, "0 s"), (119_000, "119 s"), (120_000, "2 min"), (7_199_000, "120 min"), (7_200_000, "2 h")])
    func tellsTimeInWords(milliseconds: Int64, expected: String) {
        #expect(Forecast.text(milliseconds) == expected)
    }
}
