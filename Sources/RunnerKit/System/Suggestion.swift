/// *Did you mean*: the known word that somebody has most likely meant.
enum Suggestion {
    /// The word of `known` that is nearest to `word`, in the quotes and with the question mark that a sentence ends with;
    /// empty when none is near.
    static func sentence(for word: String, among known: [String]) -> String {
        nearest(word, among: known).map { "; did you mean `\($0)`?" } ?? ""
    }

    /// The nearest word. One mistake in three letters is forgiven, case and the kind of separator are none.
    static func nearest(_ word: String, among known: [String]) -> String? {
        let typed = plain(word)
        var best: (word: String, distance: Int)?
        for candidate in known {
            let other = plain(candidate)
            guard !typed.isEmpty else { return nil }
            // The beginning of a long name is meant as that name.
            let isBeginning = typed.count >= 3 && other.starts(with: typed)
            let distance = isBeginning ? 1 : distance(typed, other)
            let shorter = min(typed.count, other.count)
            guard distance <= (shorter < 3 ? 0 : shorter / 3) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word
    }

    private static func plain(_ word: String) -> [Character] {
        word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }.map { $0 }
    }

    /// Letters that have to be put in, left out, changed or swapped with their neighbour.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var row = [i + 1]
            for (j, right) in b.enumerated() {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left == right ? 0 : 1))
                if i > 0, j > 0, left == b[j - 1], a[i - 1] == right { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
