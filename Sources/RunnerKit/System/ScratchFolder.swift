import AirbyteProtocol
import CSystem

/// A folder of files for one run of a source, for the user's eyes only.
///
/// It is locked while its run lives. A run that is killed leaves it to the shell that watches over the source (`OrphanReaper`); one
/// killed before that shell is there, or after it, leaves it to the next run, which takes away what nobody holds.
struct ScratchFolder {
    /// Absolute when TMPDIR is.
    let path: String
    /// The folder, open and locked; the kernel gives the lock back with the process, however that ends.
    private let lock: Int32

    /// Makes it below TMPDIR, with mode 0700.
    init() throws(RunnerError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        AbandonedFolders.remove(below: parent)
        var template = Array("\(parent)/\(AbandonedFolders.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw RunnerError(.failed, "cannot make a folder in \(parent): \(SystemError.last)")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        lock = system_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
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
        guard isOwn else { return }
        rmdir(path)
        if lock >= 0 { close(lock) }
    }
}
