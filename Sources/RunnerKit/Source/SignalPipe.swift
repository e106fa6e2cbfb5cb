import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the handler writes; a handler may touch nothing but lock-free memory.
private let handlerDescriptor = Atomic<Int32>(-1)

/// Turns SIGINT and SIGTERM into bytes that can be polled beside the source's output.
package struct SignalPipe: Sendable {
    /// Readable once a signal has arrived; each byte is a signal's number.
    let descriptor: Int32

    /// Installs the handlers, once per process, and ignores SIGPIPE so that a closed reader is an error of `write`.
    package static func install() throws(RunnerError) -> SignalPipe {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw RunnerError(.failed, "cannot make a pipe: \(systemMessage(errno))") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        handlerDescriptor.store(ends[1], ordering: .sequentiallyConsistent)
        signal(SIGPIPE, SIG_IGN)
        // No SA_RESTART: whatever waits shall wake up and look.
        var action = sigaction()
        #if os(Linux)
            action.__sigaction_handler.sa_handler = { number in note(number) }
        #else
            action.__sigaction_u.__sa_handler = { number in note(number) }
        #endif
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        return SignalPipe(descriptor: ends[0])
    }

    /// The next signal that has arrived, nil when none has.
    func take() -> Int32? {
        var number: UInt8 = 0
        return read(descriptor, &number, 1) == 1 ? Int32(number) : nil
    }
}

private func note(_ number: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(handlerDescriptor.load(ordering: .relaxed), &byte, 1)
    errno = saved
}

/// The operating system's words for an `errno`.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}
