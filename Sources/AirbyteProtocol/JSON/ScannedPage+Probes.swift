#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What records say at their shape's probed paths; each is `nil` where there is no such value or one of another kind.
extension ScannedPage {
    /// The kind of probe number `probe`.
    package func kind(_ probe: Int, record: Int, list: Int) -> JSONKind? {
        packedProbe(probe, record: record, list: list).kind.jsonKind
    }

    /// The text of probe number `probe`.
    package func string(_ probe: Int, record: Int, list: Int) -> String? {
        self.probe(probe, record: record, list: list).flatMap { string($0) }
    }

    /// Whether probe number `probe` is, in every record of a list, absent or this text, given as it stands in JSON with its quotes.
    ///
    /// Made for ids, which need no escapes: one that is written with some counts as another.
    package func isTextEverywhere(_ probe: Int, list: Int, quoted text: [UInt8]) -> Bool {
        body.withUnsafeBytes { bytes in
            text.withUnsafeBytes { text in
                for record in 0..<count(list: list) {
                    let packed = packedProbe(probe, record: record, list: list)
                    guard packed.kind != .absent else { continue }
                    let start = Int(packed.start)
                    guard Int(packed.end) - start == text.count, let base = bytes.baseAddress,
                        let wanted = text.baseAddress, memcmp(base + start, wanted, text.count) == 0
                    else { return false }
                }
                return true
            }
        }
    }

    /// The integer of probe number `probe`.
    package func integer(_ probe: Int, record: Int, list: Int) -> Int64? {
        self.probe(probe, record: record, list: list).flatMap { integer($0) }
    }

    /// The boolean of probe number `probe`.
    package func boolean(_ probe: Int, record: Int, list: Int) -> Bool? {
        switch packedProbe(probe, record: record, list: list).kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// The point in time of probe number `probe` as Unix milliseconds, as `milliseconds(_:)` reads it.
    package func milliseconds(_ probe: Int, record: Int, list: Int) -> Int64? {
        let packed = packedProbe(probe, record: record, list: list)
        // The server's own form: asked for each message, and a third of the instructions of the general way.
        if packed.kind == .string, packed.end - packed.start == 26 {
            let instant = body.withUnsafeBufferPointer { bytes -> Int64? in
                guard let start = bytes.baseAddress else { return nil }
                let text = start + Int(packed.start) + 1
                return Timestamp.isPlain(text) ? Timestamp.plainMilliseconds(text) : nil
            }
            if let instant { return instant }
        }
        return packed.slice.flatMap { milliseconds($0) }
    }
}
