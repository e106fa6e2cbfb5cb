/// What the server does wrong in its own data, next to faults, which strike answers.
package enum SandboxDefect: String, Sendable, CaseIterable {
    /// An edit changes the text and leaves `_updatedAt` as it was.
    case editsLeaveStamps = "edits-leave-stamps"
    /// A reaction is noted under the name of `rocket.cat`.
    case reactionsOfAnother = "reactions-of-another"
}
