import CSystem

/// Ends a source when this process is killed and can do nothing about it any more.
///
/// Without that the source would live on, wait for its API's quota, and spend what the next run needs. Linux could tell
/// the source of its parent's death, but only code between `fork` and `exec` can ask for that, and Swift has no
/// `fork`. So a shell waits at a pipe that nobody writes to: when this process is gone, however it went, the pipe
/// ends. The shell belongs to the source's process group, whose number is therefore not given to others meanwhile.
struct OrphanReaper {
    private let pid: pid_t
    /// The end of the pipe that closes with this process.
    private let pipe: Int32

    /// First SIGTERM, then the files, then SIGKILL for what is left of the group, the shell included.
    private static let script = """
        trap '' TERM INT HUP
        read -r end
        kill -TERM 0
        test -z "$1" || rm -rf -- "$1"
        sleep 10
        kill -KILL 0
        """

    /// Watches over `child` and the folder of its files. Nil where there is no shell: then nobody does.
    init?(for child: ChildProcess, scratch: ScratchFolder?) {
        let words = ["sh", "-c", Self.script, "sh", scratch?.path ?? ""]
        guard let ends = try? ChildProcess.pipeEnds() else { return nil }
        defer { close(ends.read) }
        guard let pid = try? ChildProcess.spawn(words, [ends.read, nil, nil], group: child.pid) else {
            close(ends.write)
            return nil
        }
        self.pid = pid
        pipe = ends.write
    }

    /// The child has ended, and this process has seen to it.
    func dismiss() {
        kill(pid, SIGKILL)
        while waitpid(pid, nil, 0) < 0, system_error() == EINTR {}
        close(pipe)
    }
}
