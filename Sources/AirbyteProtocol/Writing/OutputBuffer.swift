/// Whole lines waiting to be written; reached only through `MessageWriter.write(_:)`.
///
/// Lines collect until 128 KB are waiting and then go out together, so every `write(2)` begins and ends at a line.
package struct OutputBuffer: Sendable {
    /// How many bytes wait before they are written, at the least.
    static let threshold = 128 << 10
    /// No line is longer than this, its line feed included: some readers stop at 10 MiB.
    static let maximumLine = 10 << 20 - 1

    /// The memory; lines fill it from the front.
    private(set) var storage: [UInt8]
    /// How much of it is filled.
    private(set) var used = 0
    private let descriptor: Descriptor
    private var failure: OutputError?

    /// An empty buffer in front of `descriptor`.
    init(descriptor: Descriptor) {
        self.descriptor = descriptor
        storage = Array(repeating: 0, count: Self.threshold * 2)
    }

    /// Appends at most `capacity` bytes: `body` fills the memory it is given and returns how much it used.
    mutating func append(capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        if storage.count - used < capacity {
            storage += Array(repeating: 0, count: max(capacity, Self.threshold))
        }
        used += storage.withUnsafeMutableBufferPointer { body($0.baseAddress! + used) }
    }

    /// Appends a finished line, its line feed included.
    mutating func append(_ line: [UInt8]) {
        append(capacity: line.count) { target in
            line.withUnsafeBufferPointer { target.update(from: $0.baseAddress!, count: $0.count) }
            return line.count
        }
    }

    /// Writes what is waiting if it is much; called behind each line.
    mutating func endLine() throws(OutputError) {
        if used >= Self.threshold { try flush() }
    }

    /// Writes what is waiting. After an error nothing is ever written again, and each call throws it anew.
    mutating func flush() throws(OutputError) {
        let waiting = used
        used = 0
        if let failure { throw failure }
        guard waiting > 0 else { return }
        let descriptor = descriptor
        let result = storage.withUnsafeBytes { bytes -> Result<Void, OutputError> in
            do throws(OutputError) {
                try descriptor.write(UnsafeRawBufferPointer(rebasing: bytes[..<waiting]))
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        if case .failure(let error) = result { failure = error }
        // One giant record must not hold its memory for the rest of the run.
        if storage.count > Self.threshold * 8 { storage = Array(repeating: 0, count: Self.threshold * 2) }
        try result.get()
    }
}
