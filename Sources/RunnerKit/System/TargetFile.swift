import AirbyteProtocol
import CSystem

/// A file that the runner keeps between runs: the state of `read`, the database of `sync`.
struct TargetFile {
    /// Where it is. Where the user named a symbolic link, this is what the link names: the link stays, and whoever
    /// comes by another link meets the same file and the same lock.
    let path: String

    /// Finds the file that `option` names; it may not exist yet. Throws `.usage` when it is a device, a pipe or
    /// anything else that cannot be kept, or when its folder takes no files.
    init(_ named: String, option: String) throws(RunnerError) {
        // First, because what stands behind a link in /proc/self/fd has no name.
        if let kind = Files.specialKind(named) {
            throw RunnerError(
                .usage, "\(option) \(named) is \(kind): name a regular file, or one that does not exist yet")
        }
        var path = named
        // As many links as the kernel follows.
        var links = 0
        while let target = Self.link(path) {
            links += 1
            guard links <= 40 else {
                throw RunnerError(.usage, "\(option) \(named) is a link that leads in a circle: name a file")
            }
            path = target.hasPrefix("/") ? target : Self.folder(of: path) + target
        }
        let folder = Self.folder(of: path)
        guard access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0 else {
            throw RunnerError(
                .usage, "cannot make files beside \(option) \(path): \(SystemError.last); does the folder exist?")
        }
        self.path = path
    }

    /// What precedes the last name of `path`, with the slash; empty when there is none.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private static func link(_ path: String) -> String? {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &target, target.count)
        return count > 0 ? String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
