#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the runner prints: results on one descriptor, words about them on the other.
package struct Console: Sendable {
    /// Results: protocol lines, tables.
    let output: Int32
    /// Progress, warnings, errors.
    let errors: Int32

    package init(output: Int32 = 1, errors: Int32 = 2) {
        self.output = output
        self.errors = errors
    }

    /// Why nothing more can be printed.
    enum Fault: Error, Equatable {
        /// The reader has closed its end (EPIPE).
        case closed
        /// A signal arrived while the reader kept us waiting.
        case interrupted
        /// Anything else: the `errno`.
        case failed(Int32)
    }

    var isOutputTerminal: Bool { isatty(output) == 1 }
    var isErrorsTerminal: Bool { isatty(errors) == 1 }

    /// Columns of the terminal behind `errors`, 80 when it does not say.
    var columns: Int {
        var size = winsize()
        guard ioctl(errors, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all of `bytes` as results. `isInterrupted` is asked when a signal breaks into a blocked write.
    func write(_ bytes: UnsafeBufferPointer<UInt8>, isInterrupted: () -> Bool = { false }) throws(Fault) {
        try Self.write(bytes, to: output, isInterrupted: isInterrupted)
    }

    /// Writes all of `bytes` as results.
    func write(_ bytes: [UInt8], isInterrupted: () -> Bool) throws(Fault) {
        let result: Result<Void, Fault> = bytes.withUnsafeBufferPointer { buffer in
            do throws(Fault) { return .success(try write(buffer, isInterrupted: isInterrupted)) } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Prints one line of results; a reader that has gone is no error.
    func print(_ line: String) {
        Self.put(line + "\n", to: output)
    }

    /// Prints text for people as it is.
    package func say(_ text: String) {
        Self.put(text, to: errors)
    }

    /// Makes what was written durable, when it went into a file.
    func synchronize() -> Bool {
        var status = stat()
        guard fstat(output, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return true }
        return fsync(output) == 0
    }

    private static func put(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            do throws(Fault) { try write(bytes, to: descriptor, isInterrupted: { false }) } catch {}
        }
    }

    private static func write(
        _ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32, isInterrupted: () -> Bool
    ) throws(Fault) {
        var offset = 0
        while offset < bytes.count {
            #if canImport(Glibc)
                let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            #elseif canImport(Musl)
                let count = Musl.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            #else
                let count = Darwin.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            #endif
            if count >= 0 {
                offset += count
            } else if errno == EINTR {
                if isInterrupted() { throw .interrupted }
            } else if errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&entry, 1, 250)
            } else {
                throw errno == EPIPE ? .closed : .failed(errno)
            }
        }
    }
}
