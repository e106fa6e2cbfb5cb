import RocketChatAPI
import Testing

struct RetryBackoffTests {
    @Test(
        "The waits are those of the documented table",
        arguments: [
            (1, 500, 1000), (2, 1000, 2000), (3, 2000, 4000), (4, 4000, 8000), (5, 8000, 16_000), (6, 16_000, 32_000),
            (7, 30_000, 60_000), (8, 30_000, 60_000), (1000, 30_000, 60_000),
        ] as [(Int, Int64, Int64)])
    func waits(attempt: Int, shortest: Int64, longest: Int64) {
        let backoff = RetryBackoff()
        #expect(backoff.delay(attempt: attempt, random: 0) == shortest)
        #expect(backoff.delay(attempt: attempt, random: 1) == longest)
        #expect((shortest...longest).contains(backoff.delay(attempt: attempt, random: 0.37)))
    }
}
