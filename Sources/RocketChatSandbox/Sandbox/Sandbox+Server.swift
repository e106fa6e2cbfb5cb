// What goes wrong on the server and its way, and what its operators do.
extension Sandbox {
    /// Injects a fault; several strike in the order of their injection, one a request. Returns the number that lifts it.
    @discardableResult
    package func inject(_ fault: Fault) -> Int {
        withState { $0.faults.inject(fault) }
    }

    /// Takes one fault back; nothing happens when it has been used up.
    package func lift(_ fault: Int) {
        withState { $0.faults.lift(fault) }
    }

    /// Takes every fault back.
    package func clearFaults() {
        withState { $0.faults.clear() }
    }

    /// The release that is played now, as `8.6.1`.
    package var version: String {
        withState { $0.workspace.version.text }
    }

    /// Replaces the server by another release, as `7.0.4`. The data stays; the limiter starts afresh, as after each restart.
    package func upgrade(to version: String) {
        withState { $0.upgrade(to: Version(version)) }
    }

    /// Changes server settings; the limiter starts afresh, as on the server.
    package func configure(_ change: (inout SandboxSettings) -> Void) {
        withState { state in
            change(&state.workspace.settings)
            state.limiter = Limiter(at: state.clock.now)
        }
    }

    /// Makes the server do something wrong from now on.
    package func plant(_ defect: SandboxDefect) {
        withState { state in _ = state.workspace.settings.defects.insert(defect) }
    }

    /// Gives a user exactly these global roles, as `["admin"]` or `["user"]`. Its token stays valid.
    package func setRoles(of user: String, to roles: [String]) {
        change { workspace, now in
            workspace.change(user: workspace.existing(user: user), at: now) { $0.roles = roles }
        }
    }

    /// Gives a permission to exactly these roles.
    package func grant(_ permission: String, to roles: [String]) {
        change { workspace, now in
            workspace.permissions.update(permission, at: now) { $0["roles"] = .strings(roles) }
            workspace.reloadGrants()
        }
    }

    /// Ids of the roles that hold a permission, sorted.
    package func holders(of permission: String) -> [String] {
        change { workspace, _ in (workspace.grants[permission] ?? []).sorted() }
    }

    /// Makes an account's token void.
    package func revokeToken(of account: Account) {
        change { workspace, now in
            workspace.change(user: workspace.existing(user: account.userID), at: now) { $0.token = nil }
        }
    }

    /// Makes an account's token valid again.
    package func restoreToken(of account: Account) {
        change { workspace, now in
            workspace.change(user: workspace.existing(user: account.userID), at: now) { $0.token = account.token }
        }
    }
}
