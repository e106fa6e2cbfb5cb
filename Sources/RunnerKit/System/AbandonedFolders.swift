import CSystem

/// Scratch folders of runs that were killed: copies of configurations are in them.
enum AbandonedFolders {
    /// How their names begin.
    static let prefix = "airbyte-run-"
    /// A folder younger than this (s) may be one that its run has not locked yet.
    private static let youngest = 60

    /// Removes those below `parent` that are this user's and that no run holds; any trouble leaves one where it is.
    static func remove(below parent: String) {
        for name in Folder.names(in: parent) where name.hasPrefix(prefix) { remove("\(parent)/\(name)") }
    }

    private static func remove(_ path: String) {
        let descriptor = system_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o077 == 0,
            modification_time(&status) <= time(nil) - youngest, flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return }
        for name in Folder.names(in: path) { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
