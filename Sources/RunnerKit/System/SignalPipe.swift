import AirbyteProtocol
import CSystem
import Synchronization

/// Where the handler writes; a handler may touch nothing but lock-free memory.
private let handlerDescriptor = Atomic<Int32>(-1)
/// The other end of it.
private let waitDescriptor = Atomic<Int32>(-1)
/// The first signal that has arrived, 0 before there is one.
private let firstSignal = Atomic<Int32>(0)
/// How many have.
private let signalCount = Atomic<Int>(0)

/// Turns SIGINT and SIGTERM into bytes that can be polled beside the source's output.
package struct SignalPipe: Sendable {
    /// Readable once a signal has arrived; each byte is a signal's number.
    let descriptor: Int32

    /// Installs the handlers, once per process, and ignores SIGPIPE so that a closed reader is an error of `write`.
    package static func install() throws(RunnerError) -> SignalPipe {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw RunnerError(.failed, "cannot make a pipe: \(SystemError.last)") }
        for end in ends {
            _ = set_descriptor_flags(end, F_SETFD, FD_CLOEXEC)
            _ = set_descriptor_flags(end, F_SETFL, O_NONBLOCK)
        }
        waitDescriptor.store(ends[0], ordering: .sequentiallyConsistent)
        handlerDescriptor.store(ends[1], ordering: .sequentiallyConsistent)
        ignore_signal(SIGPIPE)
        // No SA_RESTART: whatever waits shall wake up and look.
        var action = sigaction()
        #if os(Linux)
            action.__sigaction_handler.sa_handler = { number in note(number) }
        #else
            action.__sigaction_u.__sa_handler = { number in note(number) }
        #endif
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        return SignalPipe(descriptor: ends[0])
    }

    /// The next signal that has arrived, nil when none has.
    func take() -> Int32? {
        var number: UInt8 = 0
        return read(descriptor, &number, 1) == 1 ? Int32(number) : nil
    }

    /// The first signal of this process, whether taken or not; nil before there is one.
    static var arrived: Int32? {
        let number = firstSignal.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// How many signals have come: the second one means it.
    static var arrivals: Int { signalCount.load(ordering: .relaxed) }

    /// Waits until `descriptor` (-1 for none) is ready for `events`; nil at the `timeout`, in milliseconds, below zero for
    /// none. A signal ends the wait, and no wait is begun after one: then it throws `.signal`.
    static func wait(for events: Int32, of descriptor: Int32, timeout: Int32 = -1) throws(RunnerError) -> Bool {
        while true {
            var entries = [
                pollfd(fd: descriptor, events: Int16(events), revents: 0),
                pollfd(fd: waitDescriptor.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&entries, 2, arrived == nil ? timeout : 0)
            if entries[0].revents != 0, count > 0 { return true }
            if let number = arrived { throw RunnerError(.signal(number), "stopped by signal \(number)") }
            if count == 0 { return false }
        }
    }
}

private func note(_ number: Int32) {
    let saved = system_error()
    _ = firstSignal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
    signalCount.add(1, ordering: .relaxed)
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(handlerDescriptor.load(ordering: .relaxed), &byte, 1)
    set_system_error(saved)
}
