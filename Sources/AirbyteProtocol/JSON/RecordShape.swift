/// What to check and what to pick in each record of one stream.
package struct RecordShape: Sendable {
    /// Declared type by top-level key; keys that are not listed pass through unchecked.
    package let types: [String: FieldType]
    /// Fields that never leave the process, each occurrence of them.
    package let dropping: [FieldPath]
    /// Fields whose place is noted for `ScannedPage.probe(_:record:list:)`, in this order.
    ///
    /// They count as the record's keys: a record too long for one line never loses a probed field.
    package let probing: [FieldPath]

    /// A shape with the given rules.
    package init(types: [String: FieldType], dropping: [FieldPath] = [], probing: [FieldPath] = []) {
        self.types = types
        self.dropping = dropping
        self.probing = probing
    }
}
