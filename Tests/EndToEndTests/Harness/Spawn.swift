import Foundation

/// A program that could not be started.
struct SpawnError: Error, CustomStringConvertible {
    let description: String
}

/// Starts programs as a runner does: signals at their defaults, nothing on standard input, no descriptors but the three.
enum Spawn {
    /// A started program; a descriptor below zero stands for none.
    struct Started: Sendable {
        let pid: pid_t
        let output: Int32
        let errors: Int32
    }

    /// Starts `words` with this process's environment, less what would change the connector, plus `variables`.
    static func start(
        _ words: [String], output: Child.Output, variables: [String: String]
    ) throws(SpawnError) -> Started {
        #if os(Linux)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        let errors = try pipeEnds()
        var collected = (read: Int32(-1), write: Int32(-1))
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors.write, 2)
        switch output {
        case .file(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
        case .collected, .leftAfter, .stalledAfter:
            collected = try pipeEnds()
            posix_spawn_file_actions_adddup2(&actions, collected.write, 1)
        }
        if case .leftAfter("") = output {
            close(collected.read)
            collected.read = -1
        }
        defer {
            close(errors.write)
            if collected.write >= 0 { close(collected.write) }
        }
        var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        #if os(Linux)
            // Sockets of other tests' sandboxes would stay open in the child. Closing what is not open does no harm.
            for descriptor in 3..<min(getdtablesize(), 2048) {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        #else
            flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #endif
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var arguments = words.map { strdup($0) } + [nil]
        var environment = Self.environment(adding: variables).map { strdup($0) } + [nil]
        defer { (arguments + environment).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, words[0], &actions, &attributes, &arguments, &environment)
        guard code == 0 else {
            throw SpawnError(description: "\(words[0]) cannot be started: \(String(cString: strerror(code)))")
        }
        return Started(pid: pid, output: collected.read, errors: errors.read)
    }

    private static func environment(adding variables: [String: String]) -> [String] {
        ProcessInfo.processInfo.environment
            .filter { $0.key != "LOG_LEVEL" && !$0.key.lowercased().hasSuffix("_proxy") }
            .merging(variables) { $1 }
            .map { "\($0.key)=\($0.value)" }
    }

    private static func pipeEnds() throws(SpawnError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SpawnError(description: "no pipe: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
