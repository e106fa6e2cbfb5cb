import JSONBytes

/// The records of a stream in one read, as hashes: of the key, or of everything where there is no key.
struct RecordLog {
    /// What is remembered of one.
    struct Trace {
        /// How many STATEs of its stream had come before it came first.
        let states: UInt32
        /// A hash of its values.
        let content: UInt32
    }

    /// By the hash of the key. Two of a million keys have the same one with a chance of one in forty million.
    private(set) var traces: [UInt64: Trace] = [:]

    /// How many different records came.
    var count: Int { traces.count }

    /// Notes a record. Returns what is known of an earlier one with this key.
    mutating func note(_ key: UInt64, _ trace: Trace) -> Trace? {
        if let known = traces[key] { return known }
        traces[key] = trace
        return nil
    }

    /// Adds what another read brought of the same stream.
    mutating func formUnion(_ other: RecordLog) { traces.merge(other.traces) { mine, _ in mine } }

    /// How many records of this log are in none of the others; of `earlier` those count that came before its STATE number
    /// `states`.
    func missing(from later: RecordLog, and earlier: RecordLog? = nil, before states: UInt32 = 0) -> Int {
        traces.keys.count { key in
            guard later.traces[key] == nil else { return false }
            return earlier?.traces[key].map { $0.states >= states } ?? true
        }
    }

    /// How many records are in both with other values.
    func changed(in other: RecordLog) -> Int {
        traces.count { key, trace in other.traces[key].map { $0.content != trace.content } ?? false }
    }
}

/// Hashes bytes (FNV-1a), so that they need not be kept.
struct ByteHash {
    /// What the bytes so far amount to.
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds one byte.
    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Adds bytes, and that they end here.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
        add(0xFF)
    }

    /// The hash, its bits well mixed.
    var mixed: UInt64 {
        let first = (value ^ value >> 32) &* 0xD6E8_FEB8_6659_FD93
        return first ^ first >> 32
    }
}
