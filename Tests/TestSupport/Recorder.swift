import Synchronization

/// Collects values from closures that run anywhere.
package final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    /// An empty recorder.
    package init() {}

    /// Adds a value.
    package func add(_ value: Value) { values.withLock { $0.append(value) } }

    /// The values so far, in order.
    package var all: [Value] { values.withLock { $0 } }
}
