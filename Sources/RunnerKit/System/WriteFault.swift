import AirbyteProtocol
import CSystem

/// Why nothing more can be written.
enum WriteFault: Error {
    /// The system's reason, or the reader has gone.
    case output(OutputError)
    /// A signal arrived while the reader kept us waiting.
    case interrupted(RunnerError)

    /// How a command ends whose results are lost; nil where their reader did not want them.
    var error: RunnerError? {
        switch self {
        case .output(.closed): nil
        case .output(.failed(let error)): RunnerError(.failed, "cannot write the output: \(error)")
        case .interrupted(let error): error
        }
    }
}

extension Descriptor {
    /// Writes all of `bytes`, but gives up when a signal arrives while the reader keeps us waiting.
    func writeUnlessSignaled(_ bytes: UnsafeRawBufferPointer) throws(WriteFault) {
        // For `poll` such a descriptor is one that is never ready.
        guard number >= 0 else { throw .output(.failed(SystemError(EBADF))) }
        var rest = bytes[...]
        while !rest.isEmpty {
            do throws(RunnerError) { _ = try SignalPipe.wait(for: Int32(POLLOUT), of: number) } catch {
                throw .interrupted(error)
            }
            // A pipe that polls as writable takes this much without blocking (POSIX, PIPE_BUF), and a write that
            // cannot block cannot miss a signal.
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(4096))
            do throws(OutputError) { rest = rest.dropFirst(try writeSome(piece)) } catch { throw .output(error) }
        }
    }
}
