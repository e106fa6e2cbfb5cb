/// What stands around a record on its line.
///
/// Lines are put together here and not where they are sent from: across modules nothing is inlined, and this is done for each row.
package struct RecordFrame: Sendable {
    private let opening: [UInt8]
    private let ending: StaticString

    /// Records between `opening` and `ending`.
    package init(opening: [UInt8], ending: StaticString) {
        self.opening = opening
        self.ending = ending
    }

    /// How many bytes it has itself.
    package var count: Int { opening.count + ending.utf8CodeUnitCount }

    /// How many bytes a record of `length` takes with it, and with `added` members.
    package func length(of length: Int, adding added: AddedFields) -> Int {
        count + length + (added.isEmpty ? 0 : added.bytes.count + 1)
    }

    /// Writes the record at `range` of a page as it stands, with `added` members behind its opening brace; returns its bytes.
    package func write(
        _ page: ScannedPage, _ range: Range<Int>, adding added: AddedFields, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        page.body.withUnsafeBufferPointer { body in
            var output = LineWriter(target)
            output.put(opening)
            let record = body.baseAddress! + range.lowerBound
            if added.isEmpty {
                output.put(record, range.count)
            } else {
                output.put(UInt8(ascii: "{"))
                output.put(added.bytes)
                output.put(UInt8(ascii: ","))
                output.put(record + 1, range.count - 1)
            }
            output.put(ending)
            return output.position - target
        }
    }

    /// Writes a record that has to change, with `added` members behind its opening brace; returns how many bytes.
    package func write(
        _ record: RecordRewriter, adding added: AddedFields, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var output = LineWriter(target)
        output.put(opening)
        record.write(added: added, to: &output)
        output.put(ending)
        return output.position - target
    }

    /// Writes a record made of fields alone; returns how many bytes.
    package func write(_ fields: AddedFields, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var output = LineWriter(target)
        output.put(opening)
        output.put(UInt8(ascii: "{"))
        output.put(fields.bytes)
        output.put(UInt8(ascii: "}"))
        output.put(ending)
        return output.position - target
    }
}
