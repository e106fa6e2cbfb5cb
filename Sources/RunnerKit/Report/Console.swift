import CSystem

/// Where the runner prints: results on one descriptor, words about them on the other.
package struct Console: Sendable {
    /// Results: protocol lines, tables.
    let output: Int32
    /// Progress, warnings, errors.
    let errors: Int32

    /// Standard output and standard error unless told otherwise.
    package init(output: Int32 = 1, errors: Int32 = 2) {
        self.output = output
        self.errors = errors
    }

    /// Why nothing more can be printed.
    enum Fault: Error {
        /// The reader has closed its end (EPIPE).
        case closed
        /// A signal arrived while the reader kept us waiting.
        case interrupted(RunnerError)
        /// Anything else: the `errno`.
        case failed(Int32)

        /// How a command ends whose results are lost; nil where their reader did not want them.
        var error: RunnerError? {
            switch self {
            case .closed: nil
            case .interrupted(let error): error
            case .failed(let code): RunnerError(.failed, "cannot write the output: \(systemMessage(code))")
            }
        }

        /// Whether the reader has gone.
        var isClosed: Bool { if case .closed = self { true } else { false } }
    }

    /// Whether results go to a person.
    var isOutputTerminal: Bool { isatty(output) == 1 }
    /// Whether a person sees the words about them.
    var isErrorsTerminal: Bool { isatty(errors) == 1 }

    /// Columns of the terminal behind `errors`, 80 when it does not say.
    var columns: Int {
        let columns = Int(terminal_columns(errors))
        return columns > 0 ? columns : 80
    }

    /// Writes all of `bytes` as results. Gives up when a signal arrives while the reader keeps us waiting.
    func write(_ bytes: [UInt8]) throws(Fault) {
        let result: Result<Void, Fault> = bytes.withUnsafeBufferPointer { buffer in
            do throws(Fault) { return .success(try Self.write(buffer, to: output)) } catch { return .failure(error) }
        }
        try result.get()
    }

    /// Prints one line of results. A reader that has gone is no error; throws when the line is lost otherwise.
    func print(_ line: String) throws(RunnerError) {
        do throws(Fault) { try write(Array("\(line)\n".utf8)) } catch {
            if let error = error.error { throw error }
        }
    }

    /// Prints text for people as it is.
    package func say(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            // Nobody is left who could be told.
            do throws(Fault) { try Self.write(bytes, to: errors) } catch {}
        }
    }

    /// Makes what was written durable, when it went into a file.
    func synchronize() -> Bool {
        var status = stat()
        guard fstat(output, &status) == 0, file_kind(status.st_mode) == S_IFREG else { return true }
        return fsync(output) == 0
    }

    /// Writes all of `bytes` to a descriptor.
    static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) throws(Fault) {
        // For `poll` such a descriptor is one that is never ready.
        guard descriptor >= 0 else { throw .failed(EBADF) }
        var offset = 0
        while offset < bytes.count {
            do throws(RunnerError) { _ = try SignalPipe.wait(for: Int32(POLLOUT), of: descriptor) } catch {
                throw .interrupted(error)
            }
            // A pipe that polls as writable takes this much without blocking (POSIX, PIPE_BUF), and a write that
            // cannot block cannot miss a signal.
            let count = min(bytes.count - offset, 4096)
            let written = CSystem.write(descriptor, bytes.baseAddress! + offset, count)
            if written >= 0 {
                offset += written
            } else if system_error() != EINTR, system_error() != EAGAIN {
                throw system_error() == EPIPE ? .closed : .failed(system_error())
            }
        }
    }
}
