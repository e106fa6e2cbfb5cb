import CSystem

/// A file descriptor someone else owns, to which whole buffers are written.
package struct Descriptor: Sendable {
    /// Its number.
    package let number: Int32

    /// The one with this number.
    package init(_ number: Int32) { self.number = number }

    /// Writes all bytes, however many calls it takes.
    ///
    /// Signals interrupt nothing, and a full pipe is waited for even when the descriptor is non-blocking: it is shared with
    /// other processes, any of which may have made it so.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        // A crash on another thread must not put its sentence into the midst of this line.
        if number == 1 { output_is_within_line(1) }
        defer { if number == 1 { output_is_within_line(0) } }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = try writeSome(UnsafeRawBufferPointer(rebasing: rest))
            if count == 0 { try waitUntilWritable() }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes the beginning of `bytes` in one call and returns its length: 0 when a signal came first or the descriptor
    /// takes nothing at the moment. For whoever waits in another way than `write(_:)`.
    package func writeSome(_ bytes: UnsafeRawBufferPointer) throws(OutputError) -> Int {
        let count = systemWrite(number, bytes.baseAddress!, bytes.count)
        if count >= 0 { return count }
        switch system_error() {
        case EINTR, EAGAIN, EWOULDBLOCK: return 0
        case EPIPE: throw .closed
        default: throw .failed(.last)
        }
    }

    private func waitUntilWritable() throws(OutputError) {
        var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        if poll(&request, 1, -1) < 0, system_error() != EINTR { throw .failed(.last) }
    }
}

/// `write(2)`, which a method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
