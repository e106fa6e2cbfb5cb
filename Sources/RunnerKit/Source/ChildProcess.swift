import AirbyteProtocol
import CSystem

/// A running source: its process group and the read ends of its output.
struct ChildProcess {
    /// Also the number of its process group.
    let pid: pid_t
    /// The read end of its standard output.
    let output: Int32
    /// The read end of its standard error.
    let errors: Int32

    /// Starts `words` in a process group of its own, standard input empty, both outputs piped, environment and
    /// working directory inherited. Throws `.usage` when the program cannot be started.
    init(_ words: [String]) throws(RunnerError) {
        let output = try Self.pipeEnds()
        let errors: (read: Int32, write: Int32)
        do throws(RunnerError) { errors = try Self.pipeEnds() } catch {
            close(output.read)
            close(output.write)
            throw error
        }
        defer {
            close(output.write)
            close(errors.write)
        }

        // A source gets nothing on stdin, and as a background group it must not wait for the terminal.
        do throws(SystemError) {
            pid = try Self.spawn(words, [nil, output.write, errors.write], group: 0)
        } catch {
            close(output.read)
            close(errors.read)
            throw RunnerError(
                .usage, "cannot start the source `\(words[0])`: \(error); is --source right?")
        }
        self.output = output.read
        self.errors = errors.read
    }

    /// Sends a signal to the source and everything it started.
    func signal(_ number: Int32) {
        kill(-pid, number)
    }

    /// Starts `words` with standard input, output and error on these descriptors, nil for /dev/null, in the process
    /// group `group`, 0 for one of its own. Returns its process number.
    static func spawn(_ words: [String], _ descriptors: [Int32?], group: pid_t) throws(SystemError) -> pid_t {
        #if os(Linux)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in descriptors.enumerated() {
            if let descriptor {
                posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
            } else {
                posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
            }
        }

        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // SIGPIPE is ignored here and would stay ignored there.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setpgroup(&attributes, group)
        let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        let code = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, process_environment())
        guard code == 0 else { throw SystemError(code) }
        return pid
    }

    /// A pipe that no child inherits by accident. Throws `.failed`.
    static func pipeEnds() throws(RunnerError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw RunnerError(.failed, "cannot make a pipe: \(SystemError.last)") }
        // Without this a second child would hold the first one's pipe open. dup2 clears it on the copies.
        for end in ends { _ = set_descriptor_flags(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

/// How a source ended.
package enum SourceEnd: Sendable, Equatable {
    /// By itself, with this exit code, 0 to 255.
    case exited(Int32)
    /// By the signal with this number.
    case signaled(Int32)

    /// Reads a `waitpid` status.
    init(status: Int32) {
        self = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signaled(status & 0x7F)
    }

    /// What is to be said of it; nil when it is well.
    var sentence: String? {
        switch self {
        case .exited(0): nil
        case .exited(let code): "the source ended with exit code \(code)"
        case .signaled(let number): "the source was ended by signal \(number)"
        }
    }
}
