/// Patterns of `rooms.include` that no room goes by, with the names that come closest.
struct UnmatchedPatterns {
    /// One pattern and what may have been meant.
    struct Pattern: Equatable {
        /// The pattern as it was typed.
        let text: String
        /// Up to three names of rooms, the nearest first.
        let nearest: [String]
    }

    /// Most names that are told for a pattern.
    private static let mostNames = 3
    /// Names further away than this part of the pattern's length are no help.
    private static let farthest = 0.5

    /// The patterns of `selection` that match none of the `rooms`.
    static func of(_ selection: RoomSelection, among rooms: some Collection<Room>) -> [Pattern] {
        selection.include.filter { pattern in
            !rooms.contains { room in
                selection.types.contains(room.type)
                    && (room.names + [room.id]).contains { RoomSelection.matches($0, pattern) }
            }
        }.map { pattern in
            let names = Set(rooms.filter { selection.types.contains($0.type) }.flatMap(\.names))
            let limit = max(1, Int(Double(pattern.count) * farthest))
            let near = names.map { ($0, distance($0, pattern)) }.filter { $0.1 <= limit }
                .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            return Pattern(text: pattern, nearest: near.prefix(mostNames).map(\.0))
        }
    }

    /// What to tell the user; nil when every pattern matches.
    static func sentences(_ selection: RoomSelection, among rooms: some Collection<Room>) -> [String] {
        of(selection, among: rooms).map { pattern in
            let hint =
                pattern.nearest.isEmpty ? "" : " Names that come near: \(pattern.nearest.joined(separator: ", "))."
            return "'rooms.include' holds '\(pattern.text)', which no room that this token sees goes by.\(hint)"
        }
    }

    // Letters to change, add or take away, upper and lower case being one.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.lowercased())
        var row = Array(0...right.count)
        for (number, letter) in left.lowercased().enumerated() {
            var diagonal = row[0]
            row[0] = number + 1
            for index in right.indices {
                let cost = diagonal + (letter == right[index] ? 0 : 1)
                diagonal = row[index + 1]
                row[index + 1] = min(cost, row[index] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
