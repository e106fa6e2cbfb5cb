import JSONBytes

/// Counts told by the server: anything may stand there, and nothing must be reckoned with nonsense.
enum Counter {
    /// The count; nil for one that is negative or above a thousand millions.
    static func plausible(_ number: Int64?) -> Int? {
        number.flatMap { (0...1_000_000_000).contains($0) ? Int($0) : nil }
    }
}

extension ScannedPage {
    /// A count in the envelope; nil for none, and for a number that can be none.
    func counter(_ scalar: PageFormat.Scalar) -> Int? { Counter.plausible(integer(scalar)) }
}
