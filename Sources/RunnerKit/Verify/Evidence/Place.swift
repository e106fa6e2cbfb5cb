/// Where in standard output something stands.
struct Place: CustomStringConvertible {
    /// The number of the line, from 1.
    var line = 0

    /// For instance "line 3".
    var description: String { "line \(line)" }
}
