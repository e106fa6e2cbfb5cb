import AirbyteProtocol
import Synchronization
import Testing

@testable import JSONBytes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two ends of a pipe; SIGPIPE is ignored from then on, as the executables do.
private func makePipe() -> (reader: Int32, writer: Int32) {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0, "no pipe")
    return (ends[0], ends[1])
}

private func readAll(_ descriptor: Int32) -> [UInt8] {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4099)
    while true {
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count <= 0 { return all }
        all += chunk[..<count]
    }
}

struct DescriptorTests {
    private let line = RecordLine(stream: "things")

    private func fields(_ number: Int, size: Int = 100) -> AddedFields {
        var fields = AddedFields()
        fields.add("_id", integer: Int64(number))
        fields.add("text", string: String(repeating: "x", count: size))
        return fields
    }

    @Test("Everything arrives in order through a slow pipe, even one that does not block")
    func nonBlockingPipe() async throws {
        let pipe = makePipe()
        _ = fcntl(pipe.writer, F_SETFL, fcntl(pipe.writer, F_GETFL) | O_NONBLOCK)
        async let received = Task.detached { readAll(pipe.reader) }.value
        let writer = MessageWriter(descriptor: pipe.writer) { testMoment }
        try writer.write { buffer throws(OutputError) in
            for number in 0..<20_000 { try buffer.records(line, fields: [fields(number)], emittedAt: 1) }
        }
        try writer.flush()
        close(pipe.writer)
        let lines = await received.split(separator: UInt8(ascii: "\n"))
        close(pipe.reader)
        #expect(lines.count == 20_000)
        for (number, line) in lines.enumerated() where number % 997 == 0 {
            #expect(try ReferenceJSON.parse(Array(line))["record"]?["data"]?["_id"] == .integer(Int64(number)))
        }
    }

    @Test("Records wait for 128 KB; a state takes them along")
    func buffers() throws {
        let file = OutputFile()
        let writer = MessageWriter(descriptor: file.descriptor) { testMoment }
        try writer.write { buffer throws(OutputError) in
            try buffer.records(line, fields: [fields(1)], emittedAt: 1)
        }
        #expect(file.bytes.isEmpty)
        try writer.state(stream: "things", state: .object(["a": .integer(1)]), recordCount: 1)
        let lines = file.bytes.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 2)
        #expect(try ReferenceJSON.parse(Array(try #require(lines.last)))["type"] == .string("STATE"))
        let before = file.bytes.count
        try writer.write { buffer throws(OutputError) in
            for number in 0..<1000 { try buffer.records(line, fields: [fields(number)], emittedAt: 1) }
        }
        let written = file.bytes.count - before
        #expect(written >= 128 << 10)
        #expect(file.bytes.last == UInt8(ascii: "\n"))
    }

    @Test("Records wait no longer than a second when more are written")
    func flushesByTime() throws {
        let clock = Mutex<Int64>(0)
        let file = OutputFile()
        let writer = MessageWriter(descriptor: file.descriptor) { clock.withLock { $0 } }
        for (moment, expected) in [(500, 0), (999, 0), (1000, 3), (1999, 3), (2000, 5)] as [(Int64, Int)] {
            clock.withLock { $0 = moment }
            try writer.write { buffer throws(OutputError) in try buffer.records(line, fields: [fields(1)], emittedAt: 1)
            }
            #expect(file.bytes.filter { $0 == UInt8(ascii: "\n") }.count == expected)
        }
    }

    @Test("A reader that is gone is told as closed, from then on always")
    func closedPipe() {
        let pipe = makePipe()
        close(pipe.reader)
        let writer = MessageWriter(descriptor: pipe.writer) { testMoment }
        for _ in 0..<3 {
            #expect(throws: OutputError.closed) { try writer.log(.info, "hello") }
        }
        #expect(throws: OutputError.closed) {
            try writer.write { buffer throws(OutputError) in
                for number in 0..<10_000 { try buffer.records(line, fields: [fields(number)], emittedAt: 1) }
            }
        }
        close(pipe.writer)
    }

    #if os(Linux)
        @Test("A full disk is told with what to do about it")
        func fullDisk() throws {
            let full = open("/dev/full", O_WRONLY)
            defer { close(full) }
            let writer = MessageWriter(descriptor: full) { testMoment }
            let error = #expect(throws: OutputError.self) { try writer.log(.info, "hello") }
            #expect(error == .failed(SystemError(ENOSPC)))
            #expect(error.map(String.init(describing:))?.contains("disk is full") == true)
        }
    #endif

    @Test("Any other error is told with the system's words")
    func otherErrors() {
        let writer = MessageWriter(descriptor: -1) { testMoment }
        let error = #expect(throws: OutputError.self) { try writer.log(.info, "hello") }
        #expect(error == .failed(SystemError(EBADF)))
        #expect(error.map(String.init(describing:))?.contains("errno \(EBADF)") == true)
        #expect(OutputError.closed.description.contains("closed"))
    }

    @Test("Lines of many writers are never torn, and a block of records stays together")
    func manyWriters() async throws {
        let file = OutputFile()
        let writer = MessageWriter(descriptor: file.descriptor) { testMoment }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let line = RecordLine(stream: "s\(task)")
                    for round in 0..<50 {
                        try writer.write { buffer throws(OutputError) in
                            for number in 0..<5 {
                                var fields = AddedFields()
                                fields.add("_id", integer: Int64(round * 5 + number))
                                try buffer.records(line, fields: [fields], emittedAt: 1)
                            }
                        }
                        if round % 10 == 0 { try writer.log(.info, "round \(round)") }
                    }
                }
            }
            for try await _ in group {}
        }
        try writer.flush()
        let messages = try file.bytes.split(separator: UInt8(ascii: "\n")).map { try ReferenceJSON.parse(Array($0)) }
        #expect(messages.count == 8 * 255)
        let records = messages.compactMap { $0["record"] }
        for start in stride(from: 0, to: records.count, by: 5) {
            #expect(Set(records[start..<(start + 5)].map { $0["stream"] }).count == 1)
        }
    }
}
