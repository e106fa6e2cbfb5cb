import JSONBytes

/// Some of the STATEs of a read, spread over all of it, in memory that does not grow with their number.
struct StateSamples {
    /// One STATE.
    struct Sample {
        /// How many STATEs had come, itself included.
        let number: UInt32
        /// The `state` of the message.
        let payload: JSON
    }

    /// The newest.
    private(set) var last: Sample?
    /// Some of the others, evenly spread.
    private var earlier: [Sample] = []
    private var stride: UInt32 = 1

    /// As many as are chosen at the most.
    static let limit = 5

    /// Takes over the next one.
    mutating func add(_ payload: JSON, number: UInt32) {
        if let last, last.number % stride == 0 { earlier.append(last) }
        last = Sample(number: number, payload: payload)
        guard earlier.count > 4 * Self.limit else { return }
        stride *= 2
        earlier.removeAll { $0.number % stride != 0 }
    }

    /// At most five that came before the last one, the first and the last of them included.
    var chosen: [Sample] {
        guard earlier.count > Self.limit else { return earlier }
        return (0..<Self.limit).map { earlier[$0 * (earlier.count - 1) / (Self.limit - 1)] }
    }
}
