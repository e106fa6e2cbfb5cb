#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A detached thread of the system.
final class SystemThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    /// Runs `body` on a thread of its own; false when the system has none left.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        launch(Unmanaged.passRetained(SystemThread(body)).toOpaque())
    }

    private static func launch(_ argument: UnsafeMutableRawPointer) -> Bool {
        #if canImport(Glibc)
            var thread = pthread_t()
            guard pthread_create(&thread, nil, runSystemThread, argument) == 0 else { return false }
        #else
            var thread: pthread_t?
            guard pthread_create(&thread, nil, runSystemThread, argument) == 0, let thread else { return false }
        #endif
        pthread_detach(thread)
        return true
    }

    fileprivate static func run(_ argument: UnsafeMutableRawPointer?) {
        if let argument { Unmanaged<SystemThread>.fromOpaque(argument).takeRetainedValue().body() }
    }
}

// A global function: a closure in its place crashes the region analysis of Swift 6.3.1.
#if canImport(Darwin)
    private func runSystemThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        SystemThread.run(argument)
        return nil
    }
#else
    private func runSystemThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        SystemThread.run(argument)
        return nil
    }
#endif
