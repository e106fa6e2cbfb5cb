extension Workspace {
    /// Lives one step: a random small thing happens.
    mutating func live(accounts: Accounts, at now: Int64) {
    }
}
