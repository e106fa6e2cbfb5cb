import AirbyteProtocol
import CSystem

/// Reads the files that runners hand over.
enum InputFile {
    /// All bytes of the file at `path`; `role` names it in errors ("configuration").
    static func read(_ path: String, role: String) throws(InputError) -> [UInt8] {
        let descriptor = system_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw failure(path, role, system_error()) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { fill($0, from: descriptor) }
            if count == 0 { return bytes }
            if count < 0 {
                if system_error() == EINTR { continue }
                throw failure(path, role, system_error())
            }
            bytes += chunk[..<count]
        }
    }

    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
        CSystem.read(descriptor, buffer.baseAddress, buffer.count)
    }

    private static func failure(_ path: String, _ role: String, _ code: Int32) -> InputError {
        let hint =
            code == EACCES
            ? " The process runs as user \(geteuid()), which may not read it: runners that mount the file must let that user read it."
            : ""
        return InputError("The \(role) file '\(path)' cannot be read: \(String(cString: strerror(code))).\(hint)")
    }
}
