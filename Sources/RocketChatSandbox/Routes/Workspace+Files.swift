extension Workspace {
    /// Answers `*.files`: finished originals of a room, by name unless told otherwise.
    func files(of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
        var uploads = files.rows.filter { $0["rid"]?.text == rooms[room].id && $0["_hidden"] == nil }
        // The filters came with 7.0, `onlyConfirmed` with 7.10 at the latest.
        if call.version >= Version(7, 0) {
            if let name = call.query.filled("name")?.lowercased() {
                uploads.removeAll { $0["name"]?.text?.lowercased().contains(name) != true }
            }
            if let group = call.query.filled("typeGroup") { uploads.removeAll { $0["typeGroup"]?.text != group } }
        }
        if call.version >= Version(7, 10), call.query["onlyConfirmed"] == "true" {
            uploads.removeAll { $0["expiresAt"] != nil }
        }
        return try list(
            "files", uploads, call, order: SortOrder("name"), id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }

    /// Answers `rooms.images`: newest first; `count` echoes what was asked for, not what came.
    func images(of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
        let paging = try Paging(call, settings)
        var images = files.rows.filter { $0["rid"]?.text == rooms[room].id && $0["typeGroup"] == "image" }
        images.sort { ($0["uploadedAt"]?.milliseconds ?? 0) > ($1["uploadedAt"]?.milliseconds ?? 0) }
        if let start = call.query.filled("startingFromId"),
            let index = images.firstIndex(where: { $0["_id"]?.text == start })
        {
            images = Array(images[index...])
        }
        return JSONBuffer.success([
            "files": .array(paging.slice(images).map { .object($0) }), "count": .int(Int64(paging.count)),
            "offset": .int(Int64(paging.offset)), "total": .int(Int64(images.count)),
        ])
    }
}
