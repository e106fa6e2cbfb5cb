import CSystem

/// Reads the files that people and runners hand over, whole: configurations, catalogs, states.
package enum WholeFile {
    /// The most that is read of a document, in bytes. Configurations and catalogs have kilobytes, states of 10 000 rooms 200 KB; some
    /// devices never end.
    package static let documentLimit = 64 << 20

    /// Why a file cannot be read.
    package enum Fault: Error, Sendable, Hashable {
        /// The system refuses it.
        case refused(SystemError)
        /// It is longer than the reader wants.
        case tooLong
    }

    /// All bytes of the file at `path`, at most `limit`. A pipe is waited for by `wait`, which is called before each read
    /// and whose error ends the reading.
    package static func read<Stop: Error>(
        _ path: String, limit: Int = .max, wait: (Int32) throws(Stop) -> Void
    ) throws(Stop) -> Result<[UInt8], Fault> {
        // Without blocking, because opening a pipe waits for its writer, deaf to signals.
        let descriptor = system_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)
        guard descriptor >= 0 else { return .failure(.refused(.last)) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            try wait(descriptor)
            let count = CSystem.read(descriptor, &piece, piece.count)
            if count == 0 { return .success(content) }
            guard count > 0 else {
                if system_error() == EINTR || system_error() == EAGAIN { continue }
                return .failure(.refused(.last))
            }
            content += piece[..<count]
            guard content.count <= limit else { return .failure(.tooLong) }
        }
    }

    /// The same for a process that signals end at once: it waits as long as it takes.
    package static func read(_ path: String, limit: Int) -> Result<[UInt8], Fault> {
        read(path, limit: limit) { descriptor in
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&request, 1, -1)
        }
    }
}
