/// A control request that cannot be obeyed.
struct ControlError: Error {
    /// What is wrong with it.
    let message: String

    /// An error in these words.
    init(_ message: String) {
        self.message = message
    }
}

/// The parameters of a control request. Nothing that is not understood is passed over.
struct ControlQuery {
    /// Ten years in milliseconds: nothing that lasts longer can be meant.
    static let longest: Int64 = 315_360_000_000

    private let parameters: QueryParameters
    /// The body of the request, as text.
    let body: String

    /// The parameters of an encoded query.
    init(_ encoded: Substring, body: [UInt8]) {
        parameters = QueryParameters(encoded)
        self.body = String(decoding: body, as: UTF8.self)
    }

    /// A value that is neither missing nor empty.
    subscript(name: String) -> String? { parameters.filled(name) }

    /// All values of a name, in order.
    func all(_ name: String) -> [String] { parameters.list(name) }

    /// The parts of a comma list.
    func names(_ name: String) -> [String] {
        (self[name] ?? "").split(separator: ",").map(String.init)
    }

    /// A value that must be there.
    func required<Value>(_ name: String, _ value: Value?) throws(ControlError) -> Value {
        guard let value else { throw ControlError("\(name) is missing") }
        return value
    }

    /// A whole number within bounds; nil when it is missing.
    func number<Number: FixedWidthInteger>(_ name: String, in bounds: ClosedRange<Number>) throws(ControlError)
        -> Number?
    {
        guard let text = self[name] else { return nil }
        guard let number = Number(text), bounds.contains(number) else {
            throw ControlError(
                "\(name) is a whole number from \(bounds.lowerBound) to \(bounds.upperBound), not \(text)")
        }
        return number
    }

    /// A release, as `7.0.4`; nil when it is missing.
    func version(_ name: String) throws(ControlError) -> String? {
        guard let text = self[name] else { return nil }
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt16($0) }
        guard (2...3).contains(numbers.count), !numbers.contains(nil) else {
            throw ControlError("\(name) is a release, as 7.0.4, not \(text)")
        }
        return text
    }

    /// The account that is named, or the administrator's.
    func account(of sandbox: Sandbox) throws(ControlError) -> Account {
        guard let account = sandbox.accounts[self["account"] ?? "admin"] else {
            throw ControlError("account is one of admin, user, bot, agent")
        }
        return account
    }

    /// The room that is named.
    func room(of sandbox: Sandbox) throws(ControlError) -> String {
        guard let room = self["room"], sandbox.rooms().contains(room) else {
            throw ControlError("room is the id of a room that exists")
        }
        return room
    }
}
