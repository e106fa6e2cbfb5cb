/// What the document of a subscription loses on its way out.
enum SubscriptionSecrets {
    /// Room keys, wrapped for the user (of no analytic use and nothing to hand on), and the visitor's credential of a
    /// livechat's subscription (ISubscription.ts, 3.18 to 8.x).
    static let dropped = ["E2EKey", "oldRoomKeys", "E2ESuggestedKey", "suggestedOldRoomKeys", "v.token"]
}
