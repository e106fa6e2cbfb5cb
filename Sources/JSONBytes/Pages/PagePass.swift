/// One pass over one page: the read position moves through these functions as an argument and a result, so that it can
/// stay in a register; everything found on the way is kept here.
struct PagePass {
    /// The first byte, from which offsets count.
    let base: BytePointer
    /// Behind the last byte. Nothing at or after it is ever read.
    let end: BytePointer
    /// The last place from which 32 bytes can be read: two blocks of a string.
    let lastBlocks: BytePointer
    /// The last place at which the longest known key and the first byte of its value would fit.
    let lastKey: BytePointer
    /// The closing byte of each open object and array.
    let open: UnsafeMutablePointer<UInt8>
    /// The rules of the list being read; the one at their plan's `count` is for unknown keys, and what follows it comes
    /// first in records.
    let keys: ExpectedKey.Pointer
    /// The probed values of the record being read, among those of all records.
    var probed: UnsafeMutablePointer<Slice>
    /// The probes of all elements.
    var probes: GrowingRows<Slice>
    /// The elements of all lists.
    var records: GrowingRows<RecordEntry>

    /// What the record being read needs done before it can go out.
    var needs = RecordEntry.Needs()
    /// Set when a string with a backslash was read.
    var sawEscape = false
    /// The other places found so far.
    var places: PageIndex

    /// How many elements a page usually has; more need more memory on the way.
    private static let usualCount = 128

    /// A pass over `bytes`, which must outlive it; `finish` must be called.
    init(_ bytes: UnsafeBufferPointer<UInt8>, start: BytePointer, plan: PagePlan) {
        base = start
        end = start + bytes.count
        lastBlocks = end - 32
        lastKey = end - plan.tables.reduce(16) { max($0, $1.longestKey) } - 1
        open = .allocate(capacity: JSONLimits.depth + 1)
        keys = .allocate(capacity: plan.tables.reduce(1) { max($0, $1.ruleCount) })
        records = GrowingRows(capacity: Self.usualCount)
        probes = GrowingRows(capacity: Self.usualCount * plan.tables.reduce(1) { max($0, $1.probeCount) })
        probed = probes.append(Slice(), times: 0)
        places = PageIndex(plan: plan)
    }

    /// Everything found, at the end of the document.
    var index: PageIndex {
        var index = places
        index.records = records.array
        index.probes = probes.array
        return index
    }

    /// Releases the scratch memory.
    func finish() {
        open.deallocate()
        keys.deallocate()
        probes.deallocate()
        records.deallocate()
    }

    /// Prepares for the records of a list, of which nothing is known yet.
    mutating func expectKeys(of shape: KeyTable) {
        for index in 0..<shape.ruleCount {
            (keys + index).initialize(to: ExpectedKey(rule: shape.rules[index], next: (keys, keys)))
        }
    }

    /// An error at `position`; at the end of the text it always is that the text ended.
    ///
    /// Mutating, as is all that is not inlined, so that the pass is not copied for the call.
    @inline(never)
    mutating func failure(_ reason: JSONError.Reason, _ position: BytePointer) -> JSONError {
        position >= end
            ? JSONError(reason: .unexpectedEnd, offset: end - base)
            : JSONError(reason: reason, offset: position - base)
    }

    /// The next byte that is not white space.
    @inline(__always)
    mutating func token(_ position: BytePointer) throws(JSONError) -> BytePointer {
        if position < end, position.pointee > 0x20 { return position }
        return try tokenAfterSpace(position)
    }

    @inline(never)
    private mutating func tokenAfterSpace(_ start: BytePointer) throws(JSONError) -> BytePointer {
        let position = space(start)
        if position > start { needs.insert(.compacting) }
        guard position < end else { throw failure(.unexpectedEnd, position) }
        return position
    }

    /// Skips white space; may end at `end`.
    mutating func space(_ start: BytePointer) -> BytePointer {
        var position = start
        while position < end {
            switch position.pointee {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return position
            }
        }
        return position
    }

    /// A key and its colon, from the quote to the value.
    @inline(__always)
    mutating func key(_ start: BytePointer) throws(JSONError) -> BytePointer {
        guard start.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, start) }
        return try colon(try string(start))
    }

    /// From behind a key to its value.
    @inline(__always)
    mutating func colon(_ position: BytePointer) throws(JSONError) -> BytePointer {
        if isTight(UInt8(ascii: ":"), position) { return position + 1 }
        let colon = try token(position)
        guard colon.pointee == UInt8(ascii: ":") else { throw failure(.unexpectedByte, colon) }
        return try token(colon + 1)
    }

    /// Whether `mark` stands here and the next token right behind it, as they do in pages without white space.
    @inline(__always)
    func isTight(_ mark: UInt8, _ position: BytePointer) -> Bool {
        position <= lastBlocks && position[0] == mark && position[1] > 0x20
    }
}
