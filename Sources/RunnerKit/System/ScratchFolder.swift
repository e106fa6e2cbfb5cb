import AirbyteProtocol
import CSystem

/// A folder of files for one run of a source, for the user's eyes only.
struct ScratchFolder {
    /// Absolute when TMPDIR is.
    let path: String

    /// Makes it below TMPDIR, with mode 0700.
    init() throws(RunnerError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/airbyte-run-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw RunnerError(.failed, "cannot make a folder in \(parent): \(SystemError.last)")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Adds a file of mode 0600 and returns its path.
    func add(_ name: String, _ text: String) throws(RunnerError) -> String {
        let file = "\(path)/\(name)"
        try Files.write(text, to: file, flags: O_WRONLY | O_CREAT | O_EXCL)
        return file
    }

    /// Removes the named files and, unless it is somebody else's, the folder.
    func remove(_ names: [String], andFolder isOwn: Bool = true) {
        for name in names { unlink("\(path)/\(name)") }
        if isOwn { rmdir(path) }
    }
}
