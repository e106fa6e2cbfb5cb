import CSystem

/// What is said of a signal that ended a run.
enum Interruption {
    /// Control-C is its user's own doing, and `goesOn` tells that the work is not lost by it.
    static func words(_ signal: Int32, goesOn: Bool) -> String {
        guard signal == SIGINT else { return "stopped by signal \(signal)" }
        return goesOn ? "interrupted, run the same line again to go on" : "interrupted"
    }
}
