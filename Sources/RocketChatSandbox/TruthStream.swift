/// A set of documents whose exact content can be asked for.
package enum TruthStream: String, Sendable, CaseIterable {
    case users, rooms, channels, groups, subscriptions, roles, teams, messages
    case directMessages = "direct_messages"
}
