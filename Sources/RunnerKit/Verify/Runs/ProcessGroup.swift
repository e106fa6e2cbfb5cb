import AirbyteProtocol
import CSystem

/// What Linux tells of the processes of a source; elsewhere nothing is known.
struct ProcessGroup {
    private let number: pid_t

    /// The group with this number.
    init(_ number: pid_t) { self.number = number }

    /// The memory of all of them that is in RAM, in bytes; nil where the system does not tell.
    var memory: Int? {
        let pages = members.compactMap { Self.words("/proc/\($0)/statm") }.compactMap {
            $0.dropFirst().first.flatMap { Int($0) }
        }
        return pages.isEmpty ? nil : pages.reduce(0, +) * Int(getpagesize())
    }

    /// Whether the source's own process ignores a signal.
    func ignores(_ signal: Int32) -> Bool {
        guard let words = Self.words("/proc/\(number)/status"), let place = words.firstIndex(of: "SigIgn:"),
            place + 1 < words.count, let mask = UInt64(words[place + 1], radix: 16)
        else { return false }
        return mask >> UInt64(signal - 1) & 1 == 1
    }

    /// The group's leader and what it has started, without the shell that watches over them.
    private var members: [pid_t] {
        Folder.names(in: "/proc").compactMap { pid_t($0) }.filter { getpgid($0) == number }
    }

    /// The words of a small file; nil when it cannot be read.
    private static func words(_ path: String) -> [String]? {
        guard case .success(let bytes) = WholeFile.read(path, limit: 1 << 16) else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
