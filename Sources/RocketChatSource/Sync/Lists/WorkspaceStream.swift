import AirbyteProtocol
import RocketChatAPI

/// The workspace itself: one row made of what `/api/info` tells this token.
struct WorkspaceStream: StreamReader {
    /// The declared fields of the row.
    let definition: StreamDefinition
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// Where the row goes.
    let output: StreamOutput

    /// None: the row is read in every sync.
    var state: JSONValue { .noCursor }

    /// Delivers the row, with the configured address as `url`.
    /// - Throws: `ReadError`.
    func read() async throws(ReadError) {
        let scanner = PageScanner(
            layout: PageLayout(lists: [[]], scalars: [["success"], ["version"], ["info", "version"]]),
            shapes: [definition.shape(probing: [], replacing: ["url", "success"])])
        let page: ScannedPage
        let url: String
        do {
            url = try ServerAddress(context.configuration.endpoint).description
            page = try await context.client.page(APIRequest("info"), scanner: scanner).page
        } catch { throw .api(error) }
        var fields = AddedFields()
        fields.add("url", string: url)
        if page.scalar(1) == nil, let version = page.scalar(2) {
            // Up to 6.4 administrators find it there and nowhere else (rocket-chat-api.md §1.6).
            fields.add("version", slice: version, of: page)
        }
        do { try output.deliver(page, list: 0, rows: [0]) { _ in fields } } catch { throw .output(error) }
    }
}
