import JSONBytes
import RocketChatAPI

/// The workspace itself: one row made of what `/api/info` tells this token.
struct WorkspaceStream: StreamReader {
    /// The stream, and where the row goes.
    let job: StreamJob

    /// None: the row is read in every sync.
    var state: JSON { .noCursor }

    /// Delivers the row, with the configured address as `url`.
    func read() async throws(ReadError) {
        var format = PageFormat(list: [], of: definition.shape(replacing: ["url", "success"]))
        format.scalar(at: ["success"])
        let version = format.scalar(at: ["version"])
        let formerVersion = format.scalar(at: ["info", "version"])
        let page: ScannedPage
        do {
            page = try await context.client.page(APIRequest("info"), scanner: PageScanner(format)).page
        } catch { throw .api(error) }
        var fields = AddedFields()
        fields.add("url", string: context.configuration.server.description)
        if page.slice(version) == nil, let version = page.slice(formerVersion) {
            // Up to 6.4 administrators find it there and nowhere else (rocket-chat-api.md §1.6).
            fields.add("version", slice: version, of: page)
        }
        try output.deliver(page, rows: [0]) { _ in fields }
    }
}
