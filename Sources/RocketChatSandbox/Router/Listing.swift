extension Workspace {
    /// Answers a paged list: filter, order, page and envelope `{<key>: [...], count, offset, total, success}`.
    ///
    /// `id` and `document` give an item's `_id` and whole document; documents are made only when the order, the filter
    /// or the page needs them. `order` is the default order; nil leaves the items as they come. `extra` goes into the
    /// envelope.
    func list<Item>(
        _ key: String, _ items: [Item], _ call: Call, order: SortOrder?, honoursSort: Bool = true,
        extra: (Int) -> JSONObject = { _ in [:] }, id: (Item) -> String, document: (Item) -> JSONObject
    ) throws(Refusal) -> [UInt8] {
        let paging = try Paging(call, settings)
        let filter = try QueryFilter(call, settings)
        let asked = honoursSort ? try SortOrder(call) : nil
        let sort = asked ?? order
        let page: [JSONObject]
        let total: Int
        if filter.passesAll, sort == nil || sort?.isByID == true {
            var sorted = items
            if let sort {
                let isAscending = sort.keys[0].isAscending
                let keyed = items.enumerated().map { (id($0.element), $0.offset) }
                sorted = keyed.sorted { isAscending ? $0.0 < $1.0 : $0.0 > $1.0 }.map { items[$0.1] }
            }
            page = paging.slice(sorted).map(document)
            total = items.count
        } else {
            var documents = items.map(document)
            if !filter.passesAll { documents.removeAll { !filter.passes($0) } }
            if let sort { documents = Self.stableSorted(documents, sort) }
            page = Array(paging.slice(documents))
            total = documents.count
        }
        var buffer = JSONBuffer(capacity: page.count * 512)
        buffer.append("{")
        buffer.key(key)
        buffer.append("[")
        for (index, document) in page.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.object(filter.project(document))
        }
        buffer.append("],")
        buffer.members(extra(page.count))
        if !extra(page.count).members.isEmpty { buffer.append(",") }
        buffer.envelope(count: page.count, offset: paging.offset, total: total)
        return buffer.bytes
    }

    /// Sorts without moving equal documents.
    static func stableSorted(_ documents: [JSONObject], _ order: SortOrder) -> [JSONObject] {
        documents.enumerated().sorted { left, right in
            if order.precedes(left.element, right.element) { return true }
            if order.precedes(right.element, left.element) { return false }
            return left.offset < right.offset
        }
        .map(\.element)
    }
}

extension JSONBuffer {
    /// Appends `"count":…,"offset":…,"total":…,"success":true}`.
    mutating func envelope(count: Int, offset: Int, total: Int) {
        append("\"count\":")
        integer(Int64(count))
        append(",\"offset\":")
        integer(Int64(offset))
        append(",\"total\":")
        integer(Int64(total))
        append(",\"success\":true}")
    }

    /// A body of one object, closed with `success: true`.
    static func success(_ object: JSONObject) -> [UInt8] {
        var object = object
        object["success"] = true
        return encode(.object(object))
    }
}
