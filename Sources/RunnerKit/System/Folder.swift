import CSystem

/// What is in a folder.
enum Folder {
    /// The names in it, without `.` and `..`; none when it cannot be read.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) { names.append(String(cString: entry_name(entry))) }
        return names.filter { $0 != "." && $0 != ".." }
    }
}
