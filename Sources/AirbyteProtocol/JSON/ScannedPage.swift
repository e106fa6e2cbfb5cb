/// A validated page and the places of its records.
package struct ScannedPage: Sendable {
    /// The page's bytes.
    package let body: [UInt8]

    /// Whether the page holds the list at all: an array, or an object that is one record.
    package func isPresent(list: Int) -> Bool { fatalError("body follows") }

    /// How many elements the list has, usable or not; 0 when it is absent.
    package func count(list: Int) -> Int { fatalError("body follows") }

    /// Whether the element is an object with at least one field left after dropping; nothing else can be emitted.
    package func isRecord(record: Int, list: Int) -> Bool { fatalError("body follows") }

    /// The envelope value at the layout's path number `index`; `nil` when absent.
    package func scalar(_ index: Int) -> Slice? { fatalError("body follows") }

    /// The record's value of the shape's probed path number `probe`; `nil` when absent. Of repeated keys the last one counts.
    package func probe(_ probe: Int, record: Int, list: Int) -> Slice? { fatalError("body follows") }

    /// The text of a string slice, escapes resolved; `nil` for other kinds. Lone surrogates become U+FFFD.
    package func string(_ slice: Slice) -> String? { fatalError("body follows") }

    /// The value of an integer literal that fits in 64 bits; `nil` otherwise.
    package func integer(_ slice: Slice) -> Int64? { fatalError("body follows") }

    /// The value of a boolean slice; `nil` for other kinds.
    package func boolean(_ slice: Slice) -> Bool? { fatalError("body follows") }

    /// A point in time as Unix milliseconds: RFC 3339 text, `{"$date": ms}`, or an integer that already is one.
    package func milliseconds(_ slice: Slice) -> Int64? { fatalError("body follows") }

    /// The fingerprint of the value's bytes.
    package func keyHash(_ slice: Slice) -> KeyHash { fatalError("body follows") }
}
