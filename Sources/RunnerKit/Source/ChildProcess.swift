import AirbyteProtocol
import CSystem

/// A running source or destination: its process group and our ends of its pipes.
struct ChildProcess {
    /// Also the number of its process group.
    let pid: pid_t
    /// The read end of its standard output.
    let output: Int32
    /// The read end of its standard error.
    let errors: Int32
    /// The write end of its standard input; -1 where that is the null device. Never blocks.
    let input: Int32

    /// Starts `words` in a process group of its own, both outputs piped, environment and working directory inherited.
    /// Standard input is empty for a source and a pipe for a destination that writes. Throws `.usage` when the program
    /// cannot be started.
    init(_ words: [String], as role: ConnectorRole = .source, hasInput: Bool = false) throws(RunnerError) {
        var pipes: [(read: Int32, write: Int32)] = []
        do throws(RunnerError) {
            for _ in 0..<(hasInput ? 3 : 2) { pipes.append(try Self.pipeEnds()) }
        } catch {
            for pipe in pipes { Self.close(pipe.read, pipe.write) }
            throw error
        }
        let (output, errors) = (pipes[0], pipes[1])
        let input = hasInput ? pipes[2] : nil
        defer { Self.close(output.write, errors.write, input?.read) }

        // A source gets nothing on stdin, and as a background group it must not wait for the terminal.
        do throws(SystemError) {
            pid = try Self.spawn(words, [input?.read, output.write, errors.write], group: 0)
        } catch {
            Self.close(output.read, errors.read, input?.write)
            throw RunnerError(
                .usage, "cannot start the \(role) `\(words[0])`: \(error); is --\(role) right?")
        }
        self.output = output.read
        self.errors = errors.read
        self.input = input?.write ?? -1
        if let input { _ = set_descriptor_flags(input.write, F_SETFL, O_NONBLOCK) }
    }

    private static func close(_ descriptors: Int32?...) {
        for descriptor in descriptors.compactMap({ $0 }) { CSystem.close(descriptor) }
    }

    /// Sends a signal to the process and everything it started.
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

/// What a connector does here; also the name of its option.
package enum ConnectorRole: String, Sendable, CustomStringConvertible {
    case source, destination

    package var description: String { rawValue }
}

/// How a source or a destination ended.
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
        case .signaled(let number): "the source was ended by signal \(number)\(Self.hint(of: number))"
        }
    }

    /// What a signal that nobody sent on purpose may mean.
    static func hint(of signal: Int32) -> String {
        signal == SIGKILL ? ", which is what the system does when memory runs out" : ""
    }
}
