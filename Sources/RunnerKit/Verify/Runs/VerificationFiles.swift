import AirbyteProtocol
import CSystem

/// The files that a verification hands to the source, each in the newest version.
final class VerificationFiles {
    private let folder: ScratchFolder
    private var names: Set<String> = []

    /// Makes the folder.
    init() throws(RunnerError) { folder = try ScratchFolder() }

    /// Writes a file, in place of a former one of that name, and returns its path.
    func add(_ name: String, _ text: String, mode: mode_t = 0o600) throws(RunnerError) -> String {
        unlink("\(folder.path)/\(name)")
        names.insert(name)
        let path = try folder.add(name, text)
        chmod(path, mode)
        return path
    }

    /// The path of a file that does not exist.
    var missing: String { "\(folder.path)/missing.json" }

    /// The way from the working directory to `path`.
    static func relative(_ path: String) -> String? {
        guard path.hasPrefix("/"), let current = getcwd(nil, 0) else { return nil }
        defer { free(current) }
        let depth = String(cString: current).split(separator: "/").count
        return String(repeating: "../", count: depth) + path.dropFirst()
    }

    /// Removes all of them.
    func remove() { folder.remove(Array(names)) }
}
