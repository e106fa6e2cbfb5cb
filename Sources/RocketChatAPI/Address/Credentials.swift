/// A token and the id of the user it belongs to. The server looks the pair up together, so both must be right.
package struct Credentials: Sendable {
    /// The `X-Auth-Token` header: a personal access token or a login token. Nobody but the requests needs it.
    let token: String
    /// The `X-User-Id` header: the user's `_id`, not the user name.
    package let userID: String
    /// What something before the server wants besides.
    let additional: AdditionalHeaders

    /// Trims white space around both (pasted line ends); throws when one is empty or holds anything but printable ASCII,
    /// which no server hands out and no header may carry.
    package init(
        token: String, userID: String, additional: AdditionalHeaders = AdditionalHeaders()
    ) throws(OptionError) {
        self.additional = additional
        self.token = try Self.headerValue(token, called: "token")
        self.userID = try Self.headerValue(userID, called: "user_id")
    }

    private static func headerValue(_ text: String, called name: String) throws(OptionError) -> String {
        let trimmed = text.trimmingBlanks()
        guard !trimmed.isEmpty else {
            throw OptionError("The option `\(name)` is empty. Copy it from the page where it was created.")
        }
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw OptionError(
                "The option `\(name)` holds white space or characters no token has. Copy it again, without line breaks."
            )
        }
        return trimmed
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Hides both values.
    package var description: String { "Credentials(hidden)" }
    /// Hides both values.
    package var debugDescription: String { description }
    /// Hides both values from `dump` and string interpolation of enclosing types.
    package var customMirror: Mirror { Mirror(self, children: [] as [(label: String?, value: Any)]) }
}
