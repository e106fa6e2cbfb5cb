import AirbyteProtocol
import CSystem
import JSONBytes

/// A file of settings that people write, as JSON; what is wrong with it is said in their words.
struct HandwrittenFile {
    /// The object in it, placeholders and all.
    let object: JSON
    /// As sentences call it: its path, or "standard input".
    let name: String
    /// Whether a source can be given the file itself: it is there for more than one reading, and no byte order mark is in
    /// its way.
    let isReadableBySources: Bool
    /// What to say of it although it will do; nil when there is nothing.
    let notice: String?

    /// The word that stands for standard input.
    static let standardInput = "-"

    /// Reads the file at `path`, once. `role` names it in sentences; `option` is how it was given.
    init(_ path: String, role: String, option: String) throws(RunnerError) {
        name = path == Self.standardInput ? "standard input" : path
        let bytes = try Self.bytes(path, role: role, option: option)
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        // The child's own standard input is another one, and a pipe can be read once.
        isReadableBySources =
            !hasMark && path != Self.standardInput && Files.specialKind(path) == nil && !path.hasPrefix("/dev/")
            && !path.hasPrefix("/proc/")
        notice =
            hasMark ? "\(name) begins with a byte order mark, which JSON does not have: passed on without it" : nil
        do throws(JSONError) { object = try JSON(parsing: bytes) } catch {
            throw RunnerError(
                .configuration, "\(name) \(Misfit(bytes)?.sentence ?? "is \(error)\(Self.place(error, in: bytes))")")
        }
        guard object.members != nil else { throw RunnerError(.configuration, "\(name) has to hold a JSON object") }
    }

    private static func bytes(_ path: String, role: String, option: String) throws(RunnerError) -> [UInt8] {
        if path == standardInput {
            guard isatty(0) == 0 else {
                throw RunnerError(.usage, "\(option) - reads from a pipe or file, and standard input is a terminal")
            }
            return try Files.readStandardInput()
        }
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            throw RunnerError(
                .usage, "\(option) names a file, not an address: \(path) belongs into that file, as one of its settings"
            )
        }
        if path.drop(while: \.isWhitespace).hasPrefix("{") {
            throw RunnerError(
                .usage, "\(option) names a file and does not hold the JSON itself: `\(option) -` reads it from a pipe")
        }
        if let kind = Files.specialKind(path), kind != "a pipe" {
            throw RunnerError(.usage, "\(option) \(path) is \(kind): name a regular file, or a pipe")
        }
        guard let bytes = try Files.read(path) else { throw RunnerError(.usage, "there is no \(role) \(path)") }
        return bytes
    }

    /// Where a mistake is, as editors count.
    private static func place(_ error: JSONError, in bytes: [UInt8]) -> String {
        let before = bytes.prefix(error.offset)
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return ", line \(line), column \(column)"
    }
}
