extension Sandbox {
    /// People and small things come and go, of which life alone (`live`) removes none: a user is deleted for good and another one comes, an
    /// agent ceases to be one or is one again, roles and members of teams change, and of each small collection without a record of removals
    /// one document goes and the one that the last turn-over took is back.
    package func turnOver() {
        let accounts = [accounts.admin, accounts.user, accounts.bot, accounts.agent].map(\.userID)
        change { workspace, now in workspace.turnOver(sparing: accounts, at: now) }
    }
}
