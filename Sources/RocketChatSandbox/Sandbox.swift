/// A Rocket.Chat server without a network: a workspace that lives, answered through the REST API's own rules.
package final class Sandbox: Sendable {
    /// The accounts whose tokens are known.
    package let accounts: Accounts

    /// Lays out a workspace.
    package init(_ options: SandboxOptions) {
        fatalError("laid out in the next commit")
    }

    /// Answers one request; safe to call from any thread.
    package func handle(_ request: SandboxRequest) -> SandboxResponse {
        fatalError()
    }

    /// Lets the workspace live for some steps: each is one post, edit, reaction, deletion, rename, join or the like.
    package func live(steps: Int) {}

    /// What the account may see, by `_id`, each as canonical JSON: keys sorted, volatile members and nulls left out.
    package func truth(_ stream: TruthStream, for account: Account) -> [String: String] { [:] }

    /// Moves the clock.
    package func advance(milliseconds: Int64) {}

    /// The sandbox's time, Unix milliseconds.
    package var now: Int64 { 0 }

    /// Injects a fault.
    package func inject(_ fault: Fault) {}

    /// Every request answered so far.
    package var requestLog: [LoggedRequest] { [] }
}
