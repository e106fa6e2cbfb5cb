import CSystem

/// Limits that the system sets to a process, as far as they are too low to begin.
package enum ProcessLimits {
    /// Standard ones, libraries while they are loaded, queues and timers, connections and name servers.
    private static let fewestDescriptors = 32
    /// Bytes of address space. With less no thread can be started, and whoever waits for one waits for ever.
    private static let leastMemory = 192 << 20

    /// What to say when the process cannot work with what it may have; nil when it can. Raises what may be raised.
    package static var refusal: String? {
        let descriptors = raise_descriptor_limit(1024)
        guard descriptors >= fewestDescriptors else {
            return "This process may have \(descriptors) files and connections open at once, and needs "
                + "\(fewestDescriptors). Raise the limit of whatever starts it (ulimit -n, LimitNOFILE, nofile)."
        }
        let memory = memory_limit()
        guard memory >= leastMemory else {
            return "This process may have \(memory >> 20) MB of address space, and needs \(leastMemory >> 20). "
                + "Raise the limit of whatever starts it (ulimit -v, LimitAS)."
        }
        return nil
    }
}
