/// The place of a value in a page's bytes, and what it is: 9 bytes, because there is one for each probe of each record.
package struct Slice: Sendable, Hashable, BitwiseCopyable {
    /// The offset of the first byte, in `ScannedPage.body`; the page is below 4 GiB.
    var start: UInt32 = 0
    /// The offset behind the last byte.
    var end: UInt32 = 0
    /// What stands there.
    package var kind = ValueKind.absent

    /// Nowhere.
    init() {}

    /// The place between two offsets.
    init(start: UInt32, end: UInt32, kind: ValueKind) {
        self.start = start
        self.end = end
        self.kind = kind
    }

    /// The value's bytes, as offsets into `ScannedPage.body`; quotes, braces and brackets included.
    package var range: Range<Int> { Int(start)..<Int(end) }
    /// The same; nil where there is no value.
    var ifPresent: Slice? { kind == .absent ? nil : self }
}
