/// A value that several streams need and that is asked for once: whoever comes first fetches it, the others wait for that.
///
/// A failure is handed to those who wait and not kept: the next one tries again.
actor Once<Value: Sendable> {
    private typealias Answer = Result<Value, ReadError>

    private enum Phase {
        case idle
        case running([CheckedContinuation<Answer, Never>])
        case done(Value)
    }

    private var phase = Phase.idle

    /// The value, by way of `make` if nobody has it yet.
    func value(_ make: @Sendable () async throws(ReadError) -> Value) async throws(ReadError) -> Value {
        switch phase {
        case .done(let value): return value
        case .running(let waiting):
            return try await withCheckedContinuation { phase = .running(waiting + [$0]) }.get()
        case .idle:
            phase = .running([])
            let answer: Answer
            do throws(ReadError) { answer = .success(try await make()) } catch { answer = .failure(error) }
            if case .running(let waiting) = phase {
                for waiter in waiting { waiter.resume(returning: answer) }
            }
            phase = if case .success(let value) = answer { .done(value) } else { .idle }
            return try answer.get()
        }
    }
}
