/// Keys of rows by number: the same user is a member of many rooms, and its id is kept once.
struct KeyTable: Sendable, Equatable {
    /// The keys by number, in the order in which they were met.
    private(set) var keys: [String] = []
    private var numbers: [String: Int] = [:]

    /// The number of `key`, a new one if it was not met before.
    mutating func number(of key: String) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }
}
