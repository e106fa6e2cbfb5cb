import AirbyteProtocol
import CSystem

/// Reads the files that runners hand over.
enum InputFile {
    /// All bytes of the file at `path`; `role` names it in errors ("configuration").
    static func read(_ path: String, role: String) throws(InputError) -> [UInt8] {
        do throws(WholeFile.Fault) {
            return try WholeFile.read(path, limit: WholeFile.documentLimit).get()
        } catch {
            throw InputError("The \(role) file '\(path)' cannot be read: \(error.description)")
        }
    }
}

extension WholeFile.Fault {
    fileprivate var description: String {
        switch self {
        case .tooLong: "it has more than \(WholeFile.documentLimit >> 20) MB: is it the right file?"
        case .refused(let error) where error.code == EACCES:
            "\(error). The process runs as user \(geteuid()), which may not read it: runners that mount the file must let that "
                + "user read it."
        case .refused(let error): "\(error)."
        }
    }
}
