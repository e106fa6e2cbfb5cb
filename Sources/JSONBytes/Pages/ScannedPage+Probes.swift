import CSystem

/// What records say at the probed paths of their shape; each is `nil` where there is no such value or one of another kind.
extension ScannedPage {
    /// The place of a probed value, as the server sent it; `nil` when absent.
    ///
    /// Of repeated keys the last one counts. A path of two components is not followed into arrays.
    package func slice(_ probe: RecordShape.Probe, at row: Int, of list: PageFormat.List = .first) -> Slice? {
        place(probe, row, list).ifPresent
    }

    /// The kind of a probed value.
    package func kind(_ probe: RecordShape.Probe, at row: Int, of list: PageFormat.List = .first) -> ValueKind {
        place(probe, row, list).kind
    }

    /// Whether a probed value is of this kind in every record of a list: one question where a row's own would cost more.
    package func isEverywhere(
        _ probe: RecordShape.Probe, _ kind: ValueKind, of list: PageFormat.List = .first
    ) -> Bool {
        let rows = index.lists[list.number]
        precondition(probe.number < rows.probeCount, "no such probe")
        return index.probes.withUnsafeBufferPointer { probes in
            var place = rows.firstProbe + probe.number
            for _ in 0..<rows.count {
                guard probes[place].kind == kind else { return false }
                place += rows.probeCount
            }
            return true
        }
    }

    /// The text of a probed value.
    package func string(_ probe: RecordShape.Probe, at row: Int, of list: PageFormat.List = .first) -> String? {
        string(place(probe, row, list))
    }

    /// The integer at a probe.
    package func integer(_ probe: RecordShape.Probe, at row: Int, of list: PageFormat.List = .first) -> Int64? {
        integer(place(probe, row, list))
    }

    /// The boolean at a probe.
    package func boolean(_ probe: RecordShape.Probe, at row: Int, of list: PageFormat.List = .first) -> Bool? {
        boolean(place(probe, row, list))
    }

    /// The point in time at a probe as Unix milliseconds, as `milliseconds(_:)` reads it.
    package func milliseconds(_ probe: RecordShape.Probe, at row: Int, of list: PageFormat.List = .first) -> Int64? {
        var day = PlainDay()
        return body.withUnsafeBufferPointer { milliseconds(place(probe, row, list), in: $0, &day) }
    }

    /// The points in time at a probe of all records of a list, as `milliseconds(_:at:of:)` reads each.
    package func milliseconds(_ probe: RecordShape.Probe, of list: PageFormat.List = .first) -> [Int64?] {
        body.withUnsafeBufferPointer { bytes in
            var day = PlainDay()
            return (0..<count(list)).map { milliseconds(place(probe, $0, list), in: bytes, &day) }
        }
    }

    /// The same of a place in the page's `bytes`; `day` is the one read before.
    @inline(__always)
    private func milliseconds(_ place: Slice, in bytes: UnsafeBufferPointer<UInt8>, _ day: inout PlainDay) -> Int64? {
        // The server's own form: asked for each message, and a third of the instructions of the general way.
        if place.kind == .string, place.end - place.start == 26, let start = bytes.baseAddress {
            let text = start + Int(place.start) + 1
            if Timestamp.isPlain(text) { return Timestamp.plainMilliseconds(text, &day) }
        }
        return milliseconds(place)
    }

    /// Whether a probed value is, in every record of a list, absent or this text, given as it stands in JSON with its quotes.
    ///
    /// Made for ids, which need no escapes: one that is written with some counts as another.
    package func isTextEverywhere(
        _ probe: RecordShape.Probe, of list: PageFormat.List = .first, quoted text: [UInt8]
    ) -> Bool {
        body.withUnsafeBytes { bytes in
            text.withUnsafeBytes { text in
                for row in 0..<count(list) {
                    let place = place(probe, row, list)
                    guard place.kind != .absent else { continue }
                    let start = Int(place.start)
                    guard Int(place.end) - start == text.count, let base = bytes.baseAddress,
                        let wanted = text.baseAddress, memcmp(base + start, wanted, text.count) == 0
                    else { return false }
                }
                return true
            }
        }
    }

    /// The first probed value of a record that is a text, for people; long ones are cut.
    package func label(at row: Int, of list: PageFormat.List) -> String? {
        (0..<index.lists[list.number].probeCount).lazy
            .compactMap { string(RecordShape.Probe(number: $0), at: row, of: list) }.first
            .map { $0.count > 100 ? $0.prefix(100) + "…" : $0 }
    }

    /// The place as it was noted.
    private func place(_ probe: RecordShape.Probe, _ row: Int, _ list: PageFormat.List) -> Slice {
        let rows = index.lists[list.number]
        precondition(row < rows.count && probe.number < rows.probeCount, "no such record or probe")
        return index.probes[rows.firstProbe + row * rows.probeCount + probe.number]
    }
}
