/// Finds a name's index by its bytes, without making a String: one look-up per field of every record.
///
/// The page scanner has a table of its own (`KeyTable`): its entries are rules, and its names stand with quotes and colon in
/// memory that is never bounds-checked.
struct NameTable {
    /// Open addressing; -1 is an empty slot. At most half full, so a search ends soon.
    private var slots: [Int32]
    private let names: [[UInt8]]

    /// Indices are positions in `names`; of equal names the first wins, and the one at `excluded` is none.
    init(_ names: [String], without excluded: Int? = nil) {
        self.names = names.map { Array($0.utf8) }
        var size = 8
        while size < names.count * 2 { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        for (index, name) in self.names.enumerated() where index != excluded {
            name.withUnsafeBufferPointer { bytes in
                let slot = slot(of: bytes)
                if slots[slot] < 0 { slots[slot] = Int32(index) }
            }
        }
    }

    /// The index of the name equal to `bytes`, nil when there is none.
    func index(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let index = slots[slot(of: bytes)]
        return index < 0 ? nil : Int(index)
    }

    /// The slot that holds `bytes`, or the empty one where it belongs.
    private func slot(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        var slot = Int(hash ^ hash >> 15) & (slots.count - 1)
        while slots[slot] >= 0, !names[Int(slots[slot])].elementsEqual(bytes) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }
}
