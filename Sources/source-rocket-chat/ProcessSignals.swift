import CSystem
import Synchronization

/// How the process answers signals (airbyte-contract.md §1.4).
enum ProcessSignals {
    fileprivate static let isResultOut = Atomic<Bool>(false)

    /// Ends at once on SIGTERM and SIGINT: states already written stand, and none is made up for unfinished work.
    /// A closed pipe shows as an error of the write instead of killing the process.
    static func install() {
        ignore_signal(SIGPIPE)
        for number in [SIGTERM, SIGINT] {
            var action = sigaction()
            #if os(Linux)
                action.__sigaction_handler.sa_handler = end
            #else
                action.__sigaction_u.__sa_handler = end
            #endif
            // The handler is gone when it runs, so that raising the signal again takes the default action.
            action.sa_flags = Int32(
                truncatingIfNeeded: UInt32(truncatingIfNeeded: SA_RESETHAND) | UInt32(truncatingIfNeeded: SA_NODEFER))
            sigaction(number, &action, nil)
        }
    }

    /// Says that everything asked for has been written: a signal that comes now ends a finished process.
    static func resultIsOut() { isResultOut.store(true, ordering: .relaxed) }
}

private func end(_ number: Int32) {
    if ProcessSignals.isResultOut.load(ordering: .relaxed) { _exit(0) }
    raise(number)
    // Process 1 of a container survives the default action.
    _exit(128 + number)
}
