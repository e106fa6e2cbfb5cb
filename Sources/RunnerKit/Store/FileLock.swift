import AirbyteProtocol
import CSystem

/// Keeps two syncs out of one database: their rows and states would overtake each other.
///
/// A file of its own, because closing any descriptor of the database would drop SQLite's own locks on it
/// (POSIX locks belong to the process). The kernel releases it however the process ends.
struct FileLock: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Takes the lock beside `database`. Throws `.failed` when another process holds it.
    init(beside database: String) throws(RunnerError) {
        path = database + "-lock"
        while true {
            let descriptor = system_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                let code: ExitCode = system_error() == ENOENT ? .usage : .failed
                throw RunnerError(code, "cannot make \(path): \(SystemError.last); does the folder exist?")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw RunnerError(.failed, "another sync is writing \(database): wait for it to end")
            }
            // Its former owner may have removed the file between our open and our lock.
            var (held, named) = (stat(), stat())
            if fstat(descriptor, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    deinit {
        unlink(path)
        close(descriptor)
    }
}
