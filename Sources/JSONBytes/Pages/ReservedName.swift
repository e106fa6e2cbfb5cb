/// The names that Airbyte's destinations take for their own: a server's row with `_ab_cdc_deleted_at` would be deleted there.
enum ReservedName {
    private static let prefixes = ["_ab_", "_airbyte_"].map { Array($0.utf8) }

    /// Whether a key begins like a reserved one, in whatever case: some destinations do not tell cases apart.
    static func matches(_ name: some Collection<UInt8>) -> Bool {
        guard name.first == UInt8(ascii: "_") else { return false }
        return prefixes.contains { prefix in
            name.count >= prefix.count && zip(prefix, name).allSatisfy { $0 == $1 | 0x20 || $0 == $1 }
        }
    }
}
