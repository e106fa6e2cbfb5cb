import JSONBytes

/// How answers with messages look, and by what names they are asked.
struct MessageFormat: Sendable {
    /// `_id` of a message.
    let id: RecordShape.Probe
    /// `_updatedAt`.
    let updatedAt: RecordShape.Probe
    /// `t`, which only system messages have.
    let kind: RecordShape.Probe
    /// `_hidden`, set on copies that the server keeps of edited messages.
    let hidden: RecordShape.Probe
    /// `rid`.
    let room: RecordShape.Probe
    /// `ts`, looked at in answers of `*.messages` alone.
    let sentAt: RecordShape.Probe

    /// The second list of `chat.syncMessages`: what was removed.
    let removed: PageFormat.List
    /// `_id` of a removal.
    let removedID: RecordShape.Probe
    /// `_deletedAt`.
    let removedAt: RecordShape.Probe
    /// Where `chat.syncMessages` goes on, from 7.1; null at the end.
    let nextCursor: PageFormat.Scalar
    /// How many messages `*.messages` counts.
    let total: PageFormat.Scalar

    /// For answers of `chat.syncMessages`, whose first list are the changed messages.
    let sync: PageScanner
    /// For answers of `*.messages`.
    let pages: PageScanner

    init(_ definition: StreamDefinition) {
        var message = definition.shape()
        id = message.probe("_id")
        updatedAt = message.probe("_updatedAt")
        kind = message.probe("t")
        hidden = message.probe("_hidden")
        room = message.probe("rid")
        var removal = RecordShape()
        removedID = removal.probe("_id")
        removedAt = removal.probe("_deletedAt")

        var changes = PageFormat(list: ["result", "updated"], of: message)
        removed = changes.list(at: ["result", "deleted"], of: removal)
        changes.scalar(at: ["success"])
        nextCursor = changes.scalar(at: ["result", "cursor", "next"])
        sync = PageScanner(changes)

        var aged = message
        sentAt = aged.probe("ts")
        var listing = PageFormat(list: ["messages"], of: aged)
        listing.scalar(at: ["success"])
        total = listing.scalar(at: ["total"])
        pages = PageScanner(listing)
    }
}

extension Room {
    /// Says what is wrong with a page that holds messages of another room; nil when it does not.
    func fault(in page: ScannedPage, _ format: MessageFormat) -> String? {
        page.isTextEverywhere(format.room, quoted: quotedID) ? nil : "it holds messages of another room"
    }
}
