/// A user of the sandbox whose token is known.
package struct Account: Sendable, Hashable {
    /// The `_id` of the user, 17 characters.
    package let userID: String
    /// The personal access token, 43 characters.
    package let token: String
    /// The user name, as in `sandbox.admin`.
    package let username: String
    /// The roles, as in `["admin"]`.
    package let roles: [String]
}

/// The four accounts every sandbox has; the same seed gives the same ids and tokens.
package struct Accounts: Sendable {
    /// Role `admin`: sees every listing, bypasses the limiter, is a member of some private groups only.
    package let admin: Account
    /// Role `user`.
    package let user: Account
    /// Role `bot`: bypasses the limiter, reads only joined rooms.
    package let bot: Account
    /// Roles `user` and `livechat-agent`.
    package let agent: Account

    /// The account of that role name: `admin`, `user`, `bot` or `agent`.
    package subscript(role: String) -> Account? {
        switch role {
        case "admin": admin
        case "user": user
        case "bot": bot
        case "agent": agent
        default: nil
        }
    }
}
