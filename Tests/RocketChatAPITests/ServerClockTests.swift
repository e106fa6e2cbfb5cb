import RocketChatAPI
import TestSupport
import Testing

struct ServerClockTests {
    @Test("Without an answer the local clock stands for the server's")
    func startsWithLocalTime() {
        let clock = ServerClock()
        #expect(!clock.isKnown)
        #expect(clock.bounds(at: 5000) == ServerClock.Bounds(floor: 5000, ceiling: 5000))
    }

    @Test("One Date header bounds the server's time to its second and the round trip")
    func learnsFromOneAnswer() {
        var clock = ServerClock()
        clock.observe(date: 100_000, sent: 40_000, received: 40_080)
        let bounds = clock.bounds(at: 40_080)
        #expect(bounds.floor == 100_000)
        #expect(bounds.ceiling == 101_079)
    }

    @Test(
        "Many answers narrow the bounds around the truth", arguments: [-7_300_123, -1, 0, 423, 86_400_777] as [Int64])
    func narrows(skew: Int64) {
        var clock = ServerClock()
        var now: Int64 = 1_795_161_600_000
        for step in 0..<60 {
            let answeredAt = now + 20 + skew
            clock.observe(date: answeredAt / 1000 * 1000, sent: now, received: now + 45)
            now += 137 + Int64(step)
            let bounds = clock.bounds(at: now)
            #expect(bounds.floor <= now + skew && now + skew <= bounds.ceiling)
        }
        let bounds = clock.bounds(at: now)
        #expect(bounds.ceiling - bounds.floor < 120)
    }

    @Test("A wait computed from the bounds is never too short")
    func waitsSafely() {
        var clock = ServerClock()
        clock.observe(date: 100_000, sent: 40_000, received: 40_080)
        let local = clock.localTime(after: 160_500, now: 40_080)
        #expect(clock.bounds(at: local).floor + 10 >= 160_500)
        #expect(local - 40_080 <= 60_501)
    }

    @Test("A sample that contradicts the bounds replaces them")
    func followsSteppedClock() {
        var clock = ServerClock()
        let first = clock.observe(date: 100_000, sent: 40_000, received: 40_080)
        let second = clock.observe(date: 500_000, sent: 41_000, received: 41_080)
        #expect(first && !second)
        #expect(clock.bounds(at: 41_080).floor == 500_000)
    }

    @Test("One contradicting sample does not replace what several agreed on; three in a row do")
    func passesOverStrayDates() {
        var clock = ServerClock()
        for step in 0..<5 as Range<Int64> { clock.observe(date: 100_000, sent: 40_000 + step, received: 40_080 + step) }
        let agrees = clock.observe(date: 3_700_000, sent: 41_000, received: 41_080)
        #expect(!agrees)
        #expect(clock.bounds(at: 41_080).floor < 102_000)
        // One node of two whose clock is off never has three in a row.
        for step in 0..<20 as Range<Int64> {
            clock.observe(date: 102_000 + step * 1000, sent: 42_000 + step * 1000, received: 42_010 + step * 1000)
            clock.observe(date: 3_702_000 + step * 1000, sent: 42_100 + step * 1000, received: 42_110 + step * 1000)
        }
        #expect(clock.bounds(at: 62_000).floor < 130_000)
        for step in 0..<3 as Range<Int64> {
            clock.observe(date: 3_800_000, sent: 62_100 + step * 100, received: 62_110 + step * 100)
        }
        #expect(clock.bounds(at: 62_400).floor > 3_700_000)
    }

    @Test("The bounds widen slowly while nothing is heard")
    func widens() {
        var clock = ServerClock()
        clock.observe(date: 100_000, sent: 40_000, received: 40_000)
        #expect(clock.bounds(at: 40_000 + 600_000).floor == 700_000 - 60)
    }

    @Test(
        "Date headers are read and written alike",
        arguments: [0, 784_111_777_000, 951_782_400_000, 1_795_161_600_000, 4_102_444_799_000] as [Int64])
    func readsDates(milliseconds: Int64) {
        #expect(HTTPDate.milliseconds(HTTPDate.text(milliseconds)) == milliseconds)
    }

    @Test("Known dates are read, broken ones are not")
    func readsKnownDates() {
        #expect(HTTPDate.milliseconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777_000)
        #expect(HTTPDate.milliseconds("Tue, 29 Feb 2000 00:00:00 GMT") == 951_782_400_000)
        for text in [
            "", "yesterday", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 31 Dec 1969 23:59:59 GMT",
        ] {
            #expect(HTTPDate.milliseconds(text) == nil)
        }
    }
}
