/// What a message loses on its way out, wherever it stands: as a row, or as a copy inside another row.
enum MessageSecrets {
    /// Members that hold credentials:
    /// - the visitor's token, with which anybody is that visitor: on messages of visitors, in the pages they looked at
    ///   (livechat/server/lib/tracking.ts; the typings of 6.x have it one level deeper) and on requests of transcripts
    ///   (sendTranscript.ts, 3.18 to 8.x, where the visitor is handed over whole),
    /// - addresses of files at Slack, which end with a token of the export (importer-slack/server/SlackImporter.ts).
    static let dropped = [
        "token", "navigation.token", "navigation.page.token", "requestData.visitor.token", "requestData.user.services",
        "requestData.user.e2e", "transferData.transferredBy.token", "transferData.transferredTo.services",
        "_importFile.downloadUrl",
    ]

    /// Of Slack's own document about a file, which the importer keeps whole, only these members leave: every link in it
    /// (url_private, thumb_64, permalink, mp4 …) may carry the token.
    static let kept = [
        "id", "created", "timestamp", "name", "title", "mimetype", "filetype", "pretty_type", "user", "mode", "size",
        "is_external", "external_type", "is_public", "original_w", "original_h",
    ].map { "_importFile.original.\($0)" }

    /// Members that only imported messages have: the importer writes the address into texts, links and previews as well.
    static let masking = ["_importFile", "url"]

    /// The same paths for a message that is the member `name` of a row.
    static func inside(_ name: String, _ paths: [String]) -> [String] {
        paths.map { "\(name).\($0)" }
    }
}
