/// What a listing showed of a room's messages when the room was last asked: a fingerprint of its counter and of its newest
/// message.
///
/// A room's `_updatedAt` moves for many reasons; a retention policy can stamp every room each half hour. Where the fingerprint
/// is the same, nothing was written and nothing removed that a listing shows (rocket-chat-api.md §5.8).
package struct RoomTrace: Sendable, Hashable {
    /// The fingerprint, of which 29 bits count.
    package let fingerprint: UInt32
    /// Whether the room was asked after all that the fingerprint counts had been written. A message written between S0 and the
    /// listing is counted, but waits for the next sync.
    package var isSettled: Bool

    private static let mask: UInt32 = 1 << 29 - 1

    package init(_ fingerprint: UInt32, isSettled: Bool) {
        self.fingerprint = fingerprint & Self.mask
        self.isSettled = isSettled
    }

    /// Whether a listing that shows `fingerprint` shows the same.
    package func isSame(_ fingerprint: UInt32) -> Bool { self.fingerprint == fingerprint & Self.mask }
}

extension RoomTrace {
    /// How many characters a trace, or the lack of one, takes in a state.
    static let width = 5
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Traces as a state has them, hyphens for the lack of one.
    static func text(of traces: [RoomTrace?]) -> String {
        var letters: [UInt8] = []
        letters.reserveCapacity(traces.count * width)
        for trace in traces {
            guard let trace else {
                letters += [UInt8](repeating: UInt8(ascii: "-"), count: width)
                continue
            }
            let bits = trace.fingerprint << 1 | (trace.isSettled ? 1 : 0)
            for place in (0..<UInt32(width)).reversed() { letters.append(digits[Int(bits >> (6 * place) & 63)]) }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The trace that a state has under this text; nil for none.
    init?(text: some Collection<UInt8>) {
        guard text.count == Self.width else { return nil }
        var bits: UInt32 = 0
        for letter in text {
            guard let digit = Self.digits.firstIndex(of: letter) else { return nil }
            bits = bits << 6 | UInt32(digit)
        }
        self.init(bits >> 1, isSettled: bits & 1 == 1)
    }
}
