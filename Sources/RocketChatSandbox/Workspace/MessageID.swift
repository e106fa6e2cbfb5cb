/// Message ids that are computed from a serial number, both ways, so that no table of half a million texts is kept.
struct MessageIDs: Sendable {
    private let salt: UInt64
    /// Ids that a client chose itself, by serial.
    private var chosen: [UInt32: String] = [:]
    private var serials: [String: UInt32] = [:]

    /// The ids of one seed.
    init(seed: UInt64) {
        salt = SeededRandom.mix(seed ^ 0xA5A5_5A5A_0F0F_F0F0)
    }

    /// Gives a message an id of a client's choosing.
    mutating func choose(_ id: String, for serial: UInt32) {
        chosen[serial] = id
        serials[id] = serial
    }

    /// The id of a message.
    func text(_ serial: UInt32) -> String {
        var buffer = JSONBuffer(capacity: 20)
        append(serial, to: &buffer)
        return chosen[serial] ?? String(decoding: buffer.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    /// Appends the quoted id.
    func append(_ serial: UInt32, to buffer: inout JSONBuffer) {
        if !chosen.isEmpty, let id = chosen[serial] {
            buffer.string(id)
            return
        }
        buffer.append(byte: UInt8(ascii: "\""))
        var head = SeededRandom.mix(UInt64(serial) ^ salt)
        var tail = SeededRandom.mix(head)
        for _ in 0..<12 {
            buffer.append(byte: SeededRandom.letters[Int(head % 55)])
            head /= 55
        }
        for _ in 0..<5 {
            buffer.append(byte: SeededRandom.letters[Int(tail % 55)])
            tail /= 55
        }
        buffer.append(byte: UInt8(ascii: "\""))
    }

    /// The serial of an id, or nil when no message can have it.
    func serial(_ id: String) -> UInt32? {
        if let serial = serials[id] { return serial }
        let digits = id.utf8.compactMap { SeededRandom.letters.firstIndex(of: $0) }
        guard digits.count == 17, id.utf8.count == 17 else { return nil }
        let head = digits[..<12].reversed().reduce(into: UInt64(0)) { $0 = $0 &* 55 &+ UInt64($1) }
        let serial = Self.unmix(head) ^ salt
        guard serial <= UInt64(UInt32.max), text(UInt32(serial)) == id else { return nil }
        return UInt32(serial)
    }

    /// The inverse of `SeededRandom.mix`.
    private static func unmix(_ value: UInt64) -> UInt64 {
        var plain = value
        plain = (plain ^ (plain >> 31) ^ (plain >> 62)) &* 0x3196_42B2_D24D_8EC3
        plain = (plain ^ (plain >> 27) ^ (plain >> 54)) &* 0x96DE_1B17_3F11_9089
        return plain ^ (plain >> 30) ^ (plain >> 60)
    }
}
