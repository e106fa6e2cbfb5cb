import AirbyteProtocol
import CSystem

@testable import JSONBytes

/// A moment for everything the tests emit, in Unix milliseconds.
let testMoment: Int64 = 1_732_284_000_123

/// An unnamed file that a `MessageWriter` writes to.
final class OutputFile: Sendable {
    let descriptor: Int32

    init() {
        var template = Array("/tmp/airbyte-protocol-tests-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        precondition(descriptor >= 0, "no temporary file")
        unlink(template)
    }

    deinit {
        close(descriptor)
    }

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        precondition(count == bytes.count, "the temporary file cannot be read")
        return bytes
    }
}

/// What `body` writes, as bytes.
func output(_ body: (MessageWriter) throws -> Void) throws -> [UInt8] {
    let file = OutputFile()
    let writer = MessageWriter(descriptor: file.descriptor) { testMoment }
    try body(writer)
    try writer.flush()
    return file.bytes
}

/// What `body` writes, as text.
func outputText(_ body: (MessageWriter) throws -> Void) throws -> String {
    String(decoding: try output(body), as: UTF8.self)
}

/// The JSON values of all lines that `body` writes, judged by the reference reader.
func messages(_ body: (MessageWriter) throws -> Void) throws -> [JSONValue] {
    let bytes = try output(body)
    precondition(bytes.isEmpty || bytes.last == UInt8(ascii: "\n"), "the last line has no end")
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try ReferenceJSON.parse(Array($0)) }
}

/// Scans a page whose root is the list (or the only record).
func scanRoot(_ text: String, _ shape: RecordShape = RecordShape(types: [:])) throws -> ScannedPage {
    try PageScanner(layout: PageLayout(lists: [[]]), shapes: [shape]).scan(Array(text.utf8))
}

/// The bytes of the lines that the records of a page's list become.
func recordBytes(_ page: ScannedPage, list: Int = 0, adding: AddedFields? = nil) throws -> [UInt8] {
    try output { writer in
        try writer.write { buffer throws(OutputError) in
            try buffer.records(
                RecordLine(stream: "things"), page: page, list: PageFormat.List(number: list),
                rows: Array(0..<page.count(list: list)),
                emittedAt: testMoment
            ) { _ in adding }
        }
    }
}

/// The `data` text of the one record that `text` becomes, or the `data` and `meta` texts if something was nulled.
func emitted(_ text: String, _ shape: RecordShape = RecordShape(types: [:]), adding: AddedFields? = nil) throws
    -> String
{
    let line = String(decoding: try recordBytes(scanRoot(text, shape), adding: adding), as: UTF8.self)
    let head = #"{"type":"RECORD","record":{"stream":"things","emitted_at":1732284000123,"data":"#
    guard line.hasPrefix(head), line.hasSuffix("}}\n") else { return line }
    return String(line.dropFirst(head.count).dropLast(3))
}
