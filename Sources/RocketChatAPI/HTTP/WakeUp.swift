import CSystem

/// A pipe to oneself: makes a `poll` return from another thread.
final class WakeUp: Sendable {
    /// Readable once ``signal()`` was called, until ``clear()``.
    let descriptor: Int32
    private let writingEnd: Int32

    /// Opens the pipe.
    /// - Throws: `TransportError` when the process may open no more.
    init() throws(TransportError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw TransportError(.other, "no pipe can be made: \(String(cString: strerror(system_error()))).")
        }
        for end in ends {
            // A full pipe has been signalled already, an empty one has nothing to clear: neither is worth waiting for.
            _ = set_descriptor_flags(end, F_SETFL, O_NONBLOCK)
            _ = set_descriptor_flags(end, F_SETFD, FD_CLOEXEC)
        }
        descriptor = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingEnd)
    }

    /// Makes ``descriptor`` readable; from any thread.
    func signal() {
        var byte: UInt8 = 1
        _ = write(writingEnd, &byte, 1)
    }

    /// Forgets all signals so far.
    func clear() {
        var bytes = (UInt64(0), UInt64(0))
        let size = MemoryLayout.size(ofValue: bytes)
        while read(descriptor, &bytes, size) == size {}
    }
}
