import Foundation
import Synchronization

/// A program under way and everything it says.
///
/// A thread of its own reads both outputs as they come, so that neither can fill up. A task that is cancelled while it waits
/// kills the program.
final class Child: Sendable {
    /// Where standard output goes.
    enum Output: Sendable {
        /// Into this process, to its end.
        case collected
        /// Into this process until it holds this text; then the reader goes away. Empty: there never is a reader.
        case leftAfter(String)
        /// Into this process until it holds this text; then the reader falls asleep, and the pipe fills up.
        case stalledAfter(String)
        /// Into this file or device.
        case file(String)
    }

    /// How a program ended and what it said.
    struct Result: Sendable {
        /// The exit code; nil when a signal ended it.
        var code: Int32?
        /// The signal that ended it.
        var signal: Int32?
        /// Standard output.
        var output: [UInt8] = []
        /// Standard error.
        var errors: [UInt8] = []
    }

    /// One of the two outputs.
    enum Place: Sendable {
        case output, errors
    }

    private struct Wait {
        /// Nil: for the end.
        var text: [UInt8]?
        var place: Place = .output
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var result = Result()
        var isOver = false
        var waiting: [Wait] = []

        /// Takes out those whose wait is over.
        mutating func served() -> [CheckedContinuation<Void, Never>] {
            let isServed = waiting.map { wait in
                isOver
                    || wait.text.map { Child.contains(wait.place == .output ? result.output : result.errors, $0) }
                        ?? false
            }
            defer { waiting = zip(waiting, isServed).filter { !$0.1 }.map(\.0) }
            return zip(waiting, isServed).filter(\.1).map(\.0.continuation)
        }
    }

    private let pid: pid_t
    private let state = Mutex(State())

    /// Starts `words`, the first of them the path of the program.
    /// - Throws: `SpawnError`.
    init(_ words: [String], output: Output = .collected, variables: [String: String] = [:]) throws {
        let spawned = try Spawn.start(words, output: output, variables: variables)
        pid = spawned.pid
        Thread.detachNewThread { [self] in
            collect(spawned, output)
            reap()
            if case .stalledAfter = output { close(spawned.output) }
        }
    }

    /// Waits until `text` stands in an output, or the program has ended.
    func says(_ text: String, in place: Place = .output) async { await wait(for: Array(text.utf8), in: place) }

    /// Waits for the end.
    func result() async -> Result {
        await wait(for: nil)
        return state.withLock { $0.result }
    }

    /// Sends a signal, unless the program has ended.
    func signal(_ number: Int32) {
        state.withLock { state in
            if !state.isOver { _ = kill(pid, number) }
        }
    }

    private func wait(for text: [UInt8]?, in place: Place = .output) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let served = state.withLock { state in
                    state.waiting.append(Wait(text: text, place: place, continuation: continuation))
                    return state.served()
                }
                for continuation in served { continuation.resume() }
            }
        } onCancel: {
            signal(SIGKILL)
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let served = state.withLock { state in
            body(&state)
            return state.served()
        }
        for continuation in served { continuation.resume() }
    }

    private func collect(_ spawned: Spawn.Started, _ output: Output) {
        var open = [spawned.output, spawned.errors].filter { $0 >= 0 }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        func leave(_ descriptor: Int32) {
            close(descriptor)
            open.removeAll { $0 == descriptor }
        }
        while !open.isEmpty {
            var requests = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&requests, nfds_t(requests.count), -1) > 0 else { continue }
            for request in requests where request.revents != 0 {
                let count = read(request.fd, &buffer, buffer.count)
                guard count > 0 else {
                    leave(request.fd)
                    continue
                }
                change { state in
                    if request.fd == spawned.output {
                        state.result.output += buffer[..<count]
                    } else {
                        state.result.errors += buffer[..<count]
                    }
                }
                guard request.fd == spawned.output else { continue }
                switch output {
                case .leftAfter(let text) where holds(text): leave(request.fd)
                case .stalledAfter(let text) where holds(text): open.removeAll { $0 == request.fd }
                default: break
                }
            }
        }
    }

    private func holds(_ text: String) -> Bool {
        state.withLock { Self.contains($0.result.output, Array(text.utf8)) }
    }

    private func reap() {
        // Left as a zombie until the lock is held, so that no signal goes to a stranger with the same number.
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        change { state in
            var status: Int32 = 0
            waitpid(pid, &status, 0)
            state.isOver = true
            if status & 0x7F == 0 {
                state.result.code = status >> 8 & 0xFF
            } else {
                state.result.signal = status & 0x7F
            }
        }
    }

    private static func contains(_ bytes: [UInt8], _ text: [UInt8]) -> Bool {
        Data(bytes).range(of: Data(text)) != nil
    }
}
