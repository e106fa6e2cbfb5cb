import CSystem

/// Small files, whole.
enum Files {
    /// The most that is read of a file. Configurations, catalogs and states have kilobytes, rarely a few megabytes;
    /// some devices never end.
    private static let limit = 64 << 20

    /// The content of the file at `path`; nil when there is none. Throws `.usage` when it cannot be read.
    static func read(_ path: String) throws(RunnerError) -> [UInt8]? {
        // Without blocking, because opening a pipe waits for its writer, deaf to signals.
        let descriptor = system_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)
        guard descriptor >= 0 else {
            if system_error() == ENOENT { return nil }
            throw RunnerError(.usage, "cannot read \(path): \(systemMessage(system_error()))")
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            _ = try SignalPipe.wait(for: Int32(POLLIN), of: descriptor)
            let count = CSystem.read(descriptor, &piece, piece.count)
            if count == 0 { return content }
            guard count > 0 else {
                if system_error() == EINTR || system_error() == EAGAIN { continue }
                throw RunnerError(.usage, "cannot read \(path): \(systemMessage(system_error()))")
            }
            content += piece[..<count]
            guard content.count <= limit else {
                throw RunnerError(.usage, "\(path) has more than \(limit >> 20) MB: is it the right file?")
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
            let reason = systemMessage(system_error())
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
        guard descriptor >= 0 else { throw RunnerError(.failed, "cannot write \(path): \(systemMessage(system_error()))") }
        var text = text
        let isWritten = text.withUTF8 { bytes in
            do throws(Console.Fault) {
                try Console.write(bytes, to: descriptor)
                return true
            } catch { return false }
        }
        guard isWritten, fsync(descriptor) == 0 else {
            let reason = systemMessage(system_error())
            close(descriptor)
            throw RunnerError(.failed, "cannot write \(path): \(reason)")
        }
        close(descriptor)
    }
}

/// A folder of files for one run of a source, for the user's eyes only.
struct ScratchFolder {
    /// Absolute when TMPDIR is.
    let path: String

    /// Makes it below TMPDIR, with mode 0700.
    init() throws(RunnerError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/airbyte-run-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw RunnerError(.failed, "cannot make a folder in \(parent): \(systemMessage(system_error()))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Adds a file of mode 0600 and returns its path.
    func add(_ name: String, _ text: String) throws(RunnerError) -> String {
        let file = "\(path)/\(name)"
        try Files.write(text, to: file, flags: O_WRONLY | O_CREAT | O_EXCL)
        return file
    }

    /// Removes the folder with the named files.
    func remove(_ names: [String]) {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
