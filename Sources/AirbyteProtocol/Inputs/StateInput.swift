/// The state file given to `read --state`.
package enum StateInput {
    /// Parses the state by stream name, in each shape runners are known to send.
    ///
    /// - Throws: `InputError` when the bytes are not JSON, or not a state.
    package static func parse(_ bytes: [UInt8]) throws(InputError) -> [String: JSONValue] { fatalError("body follows") }
}
