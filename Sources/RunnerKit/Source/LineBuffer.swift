import CSystem

/// Cuts what a descriptor delivers into lines, strictly at `\n`, in memory of bounded size.
///
/// U+2028 and its kin are ordinary text here: cutting at them is what breaks records in other readers.
final class LineBuffer {
    /// What a piece of input is.
    enum Piece {
        /// A line without its `\n`.
        case line(UnsafeBufferPointer<UInt8>)
        /// A line longer than the limit, skipped; its length in bytes.
        case tooLong(Int)
    }

    private let limit: Int
    private var storage: UnsafeMutableBufferPointer<UInt8>
    /// Unread bytes are `start..<end`; those before `searched` hold no newline.
    private var start = 0
    private var end = 0
    private var searched = 0
    /// Bytes of an overlong line already thrown away.
    private var skipped = 0

    /// Lines up to `limit` bytes are delivered.
    init(limit: Int) {
        self.limit = limit
        storage = .allocate(capacity: min(limit, 256 * 1024) + 1)
    }

    deinit {
        storage.deallocate()
    }

    /// Reads once from `descriptor`. Returns how many bytes came; nil at its end or when it cannot be read.
    func fill(from descriptor: Int32) -> Int? {
        if end == storage.count { makeRoom() }
        let count = read(descriptor, storage.baseAddress! + end, storage.count - end)
        guard count > 0 else { return count < 0 && system_error() == EINTR ? 0 : nil }
        end += count
        return count
    }

    /// The next complete line; valid until the next `fill`. Nil when more input is needed.
    func next() -> Piece? {
        let unread = UnsafeMutableRawPointer(storage.baseAddress! + searched)
        guard let newline = memchr(unread, 0x0A, end - searched) else {
            searched = end
            if end - start > limit {
                skipped += end - start
                (start, end, searched) = (0, 0, 0)
            }
            return nil
        }
        let position = newline - UnsafeMutableRawPointer(storage.baseAddress!)
        defer {
            start = position + 1
            searched = start
        }
        if skipped > 0 {
            defer { skipped = 0 }
            return .tooLong(skipped + position - start)
        }
        return .line(UnsafeBufferPointer(rebasing: storage[start..<position]))
    }

    /// What stands after the last `\n`, once the input has ended; nil when nothing does.
    func rest() -> Piece? {
        defer { (start, end, searched, skipped) = (0, 0, 0, 0) }
        if skipped > 0 { return .tooLong(skipped + end - start) }
        return end > start ? .line(UnsafeBufferPointer(rebasing: storage[start..<end])) : nil
    }

    private func makeRoom() {
        if start > 0 {
            memmove(storage.baseAddress!, storage.baseAddress! + start, end - start)
        } else {
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: min(storage.count * 2, limit + 1))
            memcpy(larger.baseAddress!, storage.baseAddress!, end)
            storage.deallocate()
            storage = larger
        }
        (start, end, searched) = (0, end - start, searched - start)
    }
}
