import CSystem

/// A file descriptor someone else owns, to which whole buffers are written.
struct Descriptor: Sendable {
    /// Its number.
    let number: Int32

    /// Writes all bytes, however many calls it takes.
    ///
    /// Signals interrupt nothing, and a full pipe is waited for even when the descriptor is non-blocking: it is shared with
    /// other processes, any of which may have made it so.
    func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = systemWrite(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress!, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch system_error() {
            case EINTR: break
            case EAGAIN, EWOULDBLOCK: try waitUntilWritable()
            case EPIPE: throw .closed
            default: throw .failed(errno: system_error())
            }
        }
    }

    private func waitUntilWritable() throws(OutputError) {
        var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        if poll(&request, 1, -1) < 0, system_error() != EINTR { throw .failed(errno: system_error()) }
    }
}

/// `write(2)`, which a method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
