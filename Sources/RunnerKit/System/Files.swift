import AirbyteProtocol
import CSystem

/// Small files, whole.
enum Files {
    private static let limit = WholeFile.documentLimit

    /// The content of the file at `path`; nil when there is none. Throws `.usage` when it cannot be read.
    static func read(_ path: String) throws(RunnerError) -> [UInt8]? {
        let content = try WholeFile.read(path, limit: limit) { descriptor throws(RunnerError) in
            _ = try SignalPipe.wait(for: Int32(POLLIN), of: descriptor)
        }
        switch content {
        case .success(let bytes): return bytes
        case .failure(.refused(SystemError(ENOENT))): return nil
        case .failure(.refused(let error)): throw RunnerError(.usage, "cannot read \(path): \(error)")
        case .failure(.tooLong):
            throw RunnerError(.usage, "\(path) has more than \(limit >> 20) MB: is it the right file?")
        }
    }

    /// All of standard input, which may be a pipe, a socket or a file.
    static func readStandardInput() throws(RunnerError) -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            _ = try SignalPipe.wait(for: Int32(POLLIN), of: 0)
            let count = CSystem.read(0, &piece, piece.count)
            if count == 0 { return content }
            guard count > 0 else {
                if system_error() == EINTR || system_error() == EAGAIN { continue }
                throw RunnerError(.usage, "cannot read standard input: \(SystemError.last)")
            }
            content += piece[..<count]
            guard content.count <= limit else {
                throw RunnerError(.usage, "standard input has more than \(limit >> 20) MB: is it the right file?")
            }
        }
    }

    /// What `path` is when it exists and is no regular file, links followed: for instance "a pipe".
    static func specialKind(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch file_kind(status.st_mode) {
        case S_IFREG: return nil
        case S_IFDIR: return "a folder"
        case S_IFIFO: return "a pipe"
        case S_IFSOCK: return "a socket"
        default: return "a device"
        }
    }

    /// Replaces the file at `path` at once and for good: written beside it, synchronised, renamed. Whoever reads
    /// it at any moment, also after a power cut, finds the old content or the new. Permissions stay, and the owner where
    /// that is possible. `path` is that of a `TargetFile`: a link or a device would itself be replaced.
    static func replace(_ path: String, with text: String) throws(RunnerError) {
        var former = stat()
        let isThere = stat(path, &former) == 0
        let temporary = "\(path).tmp.\(getpid())"
        // What a killed run with the same number has left, or what somebody has put in the way.
        unlink(temporary)
        do throws(RunnerError) {
            try write(text, to: temporary, flags: O_WRONLY | O_CREAT | O_EXCL)
        } catch {
            unlink(temporary)
            throw error
        }
        if isThere {
            // What was open to a group is not opened to another one.
            let isOwned = chown(temporary, former.st_uid, former.st_gid) == 0
            chmod(temporary, former.st_mode & (isOwned ? 0o777 : 0o700))
        }
        guard rename(temporary, path) == 0 else {
            let reason = SystemError.last
            unlink(temporary)
            throw RunnerError(.failed, "cannot replace \(path): \(reason)")
        }
        // The rename itself lives in the folder.
        let folder = TargetFile.folder(of: path)
        let descriptor = system_open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC, 0)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
    }

    /// Writes a file readable by its owner only, durably. Throws `.failed`.
    static func write(_ text: String, to path: String, flags: Int32) throws(RunnerError) {
        let descriptor = system_open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RunnerError(.failed, "cannot write \(path): \(SystemError.last)") }
        let isWritten = Array(text.utf8).withUnsafeBytes { bytes in
            do throws(WriteFault) {
                try Descriptor(descriptor).writeUnlessSignaled(bytes)
                return true
            } catch { return false }
        }
        guard isWritten, fsync(descriptor) == 0 else {
            let reason = SystemError.last
            close(descriptor)
            throw RunnerError(.failed, "cannot write \(path): \(reason)")
        }
        close(descriptor)
    }
}
