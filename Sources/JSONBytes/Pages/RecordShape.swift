/// What to check and what to pick in each record of one stream.
package struct RecordShape: Sendable {
    /// Names one probed field of the records.
    package struct Probe: Sendable, Hashable {
        /// Its place among the probes.
        let number: Int
    }

    /// Declared type by top-level key; keys that are not listed pass through unchecked.
    package let types: [String: FieldType]
    /// Fields that never leave the process, each occurrence of them.
    ///
    /// Top-level members named like Airbyte's own (`_ab_…`, `_airbyte_…`) never leave either: destinations obey them.
    package let dropping: [FieldPath]
    /// Fields below the top level that alone of their objects leave: an object that holds one of these paths loses every
    /// other member.
    package let keeping: [FieldPath]
    /// Fields that show that a record's texts may hold access tokens of Slack; records that have one lose such tokens
    /// from every text (see `TextFilter`).
    package let masking: [FieldPath]
    /// Fields whose place is noted in each record, in the order of their names.
    ///
    /// They count as the record's keys: a record too long for one line never loses a probed field.
    private(set) var probing: [FieldPath] = []

    /// A shape with the given rules; paths to keep have two components at least.
    package init(
        types: [String: FieldType] = [:], dropping: [FieldPath] = [], keeping: [FieldPath] = [],
        masking: [FieldPath] = []
    ) {
        precondition(keeping.allSatisfy { $0.components.count > 1 }, "only objects below the top level have such lists")
        self.types = types
        self.dropping = dropping
        self.keeping = keeping
        self.masking = masking
    }

    /// Adds a field to those whose place is noted in each record, and names it.
    package mutating func probe(_ path: FieldPath) -> Probe {
        probing.append(path)
        return Probe(number: probing.count - 1)
    }
}
