import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// Time and trouble.
struct CourseTests {
    @Test func anOutageIsOneLine() {
        var outage = Outage()
        #expect(outage.isNews("Cannot reach https://c: refused. Trying again in 1000 ms.", now: 0) == true)
        #expect(outage.words(now: 0) == nil)
        for second in 1...180 {
            let text = "Cannot reach https://c/\(second): refused. Trying again in 9 ms."
            #expect(outage.isNews(text, now: Int64(second) * 1000) == false)
        }
        #expect(outage.words(now: 180_000) == "the server has not answered for 3 min; trying again")
        // What is no word about it is said.
        #expect(outage.isNews("Not read: room backend", now: 180_500) == true)
        #expect(outage.closing(now: 181_000) == nil)
        outage.rowsCame(now: 200_000)
        #expect(outage.words(now: 200_000) == "some requests have failed for 3 min; trying again")
        #expect(outage.closing(now: 210_000) == "the server answers again, after 3 min")
        #expect(outage.words(now: 210_000) == nil)
        let again = outage.closing(now: 210_000)
        #expect(again == nil)
        #expect(outage.isNews("Failing since 10:00: 3 more tries.", now: 300_000) == true)
    }

    @Test func aShortTroubleEndsWithoutAWord() {
        var outage = Outage()
        #expect(outage.isNews("Backing off 5 s", now: 0) == true)
        outage.rowsCame(now: 500)
        #expect(outage.words(now: 5000) == "the server has not answered for 5 s; trying again")
        #expect(outage.closing(now: 100_000) == nil)
        #expect(outage.words(now: 100_000) == nil)
        #expect(outage.isNews("Retrying", now: 100_001) == true)
    }

    @Test func aScreenIsDrawnFourTimesASecondAndALogHasALineAMinute() {
        var screen = Course(.screen)
        let looks = [0, 249, 250].map { screen.isLooking(now: $0) }
        let frames = [0, 250].map { screen.isDue(now: $0) }
        #expect(looks == [true, false, true] && frames == [true, true])
        var log = Course(.lines)
        let moments: [Int64] = [5, 60_004, 60_005, 60_255, 120_005]
        let lines = moments.map { log.isDue(now: $0) }
        #expect(lines == [false, false, true, false, true])
        var none = Course(.none)
        let nothing = [0, 99_999_999].map { none.isDue(now: $0) }
        #expect(nothing == [false, false])
    }

    @Test func speedIsThatOfTheLastMinute() {
        var speed = Speed()
        #expect(speed.perSecond(5, now: 0) == 0)
        for second in 0...300 { speed.note(second < 200 ? 0 : (second - 200) * 1000, now: Int64(second) * 1000) }
        #expect(speed.perSecond(100_000, now: 300_000) == 1000)
    }

    @Test func itIsToldAndShown() {
        var course = Course(.lines)
        let forecast = "Stream 't': about 9 rows in 3 requests; the server sets no limit that slows them down."
        #expect(course.hear(log: forecast, .info, now: 0) == true)
        #expect(course.hear(log: "no answer; trying again in 5 s", .warn, now: 0) == true)
        #expect(course.hear(log: "no answer; trying again in 5 s", .warn, now: 5000) == false)
        course.note(rows: 0, bytes: 0, now: 0)
        course.note(rows: 0, bytes: 4000, now: 4000)
        #expect(course.news(now: 5000) == ["forecast: no rate limit slows it down: t 9 rows in 3 requests."])
        let picture = course.complete(SyncPicture(streams: [.init(name: "t", bytes: 5000)]), now: 5000)
        #expect(picture.bytesPerSecond == 1000)
        #expect(picture.outage == "the server has not answered for 5 s; trying again")
    }

    @Test func aWaitOutlastsTheRecordsThatWereOnTheirWay() {
        var account = StreamAccount(key: StreamKey("t"))
        account.limit(until: 90_000, now: 0)
        account.endLimit(now: 999)
        #expect(account.rateLimitedUntil == 90_000)
        account.endLimit(now: 1000)
        #expect(account.rateLimitedUntil == nil)
    }

    @Test func aPictureIsWhatTheAccountsTell() {
        var forecasts = Forecasts()
        forecasts.hear(StreamForecast(log: "Stream 'b': about 40 rows in 3 requests; that takes about 2 min.")!, now: 0)
        var accounts = ["a", "b", "c", "d", "e"].map { StreamAccount(key: StreamKey($0)) }
        accounts[0].status = .complete
        accounts[1].touch(1000)
        accounts[1].status = .running
        (accounts[1].records, accounts[1].bytes) = (10, 500)
        accounts[1].limit(until: 70_000, now: 1000)
        accounts[2].fail("no")
        accounts[3].status = .running
        accounts[3].limit(until: 20_000, now: 1000)
        let picture = SyncPicture(accounts, forecasts, started: 500, now: 21_000, wall: 30_000) { "<\($0)>" }
        #expect(
            picture
                == SyncPicture(
                    streams: [
                        .init(name: "<a>", phase: .complete),
                        .init(
                            name: "<b>", rows: 10, total: 40, share: 0.25, bytes: 500,
                            limitedUntil: Clock.timeOfDay(70_000),
                            left: 100_000),
                        .init(name: "<c>", phase: .failed),
                        // Its wait is over.
                        .init(name: "<d>"),
                        .init(name: "<e>", phase: .waiting),
                    ],
                    elapsed: 20_500, timeOfDay: Clock.timeOfDay(30_000)))
    }
}
