/// Validates pages and finds the records in them, in one pass and without decoding anything.
package struct PageScanner: Sendable {
    /// Where records and scalars sit; the API client finds `success` among the scalars by it.
    package let layout: PageLayout
    private let plan: PagePlan

    /// A scanner for pages laid out as `layout`, whose list number *n* holds records of `shapes[n]`.
    package init(layout: PageLayout, shapes: [RecordShape]) {
        self.layout = layout
        precondition(layout.lists.count == shapes.count, "each list of a page needs its shape")
        plan = PagePlan(layout: layout, shapes: shapes)
    }

    /// Validates the whole page and notes where its records are.
    ///
    /// - Throws: `JSONError` unless `body` is one JSON document as RFC 8259 defines it, in UTF-8 without a byte order mark.
    package func scan(_ body: [UInt8]) throws(JSONError) -> ScannedPage {
        guard body.count < Int(UInt32.max) else { throw JSONError(reason: .tooLarge, offset: 0) }
        let result = body.withUnsafeBufferPointer { bytes -> Result<PageIndex, JSONError> in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return .failure(JSONError(reason: .unexpectedEnd, offset: 0))
            }
            var pass = PagePass(bytes, start: start, plan: plan)
            defer { pass.finish() }
            do throws(JSONError) {
                try pass.document(plan)
                return .success(pass.index)
            } catch {
                return .failure(error)
            }
        }
        return ScannedPage(body: body, plan: plan, index: try result.get())
    }
}
