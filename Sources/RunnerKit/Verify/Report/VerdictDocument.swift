import JSONBytes

/// The verdicts for programs: one JSON object.
enum VerdictDocument {
    /// `verdict` ("passed" or "failed"), `counts` by result, and `rules`: each with its name, level, section, sentence, result,
    /// the number of breaches, evidence, and the reason where it was not judged.
    static func json(_ verdicts: [Verdict]) -> JSON {
        var counts: [String: Int64] = [:]
        for verdict in verdicts { counts[verdict.result.word, default: 0] += 1 }
        return .object([
            "verdict": .string(counts["failed"] == nil ? "passed" : "failed"),
            "counts": .sortedObject(counts.mapValues(JSON.integer)),
            "rules": .array(verdicts.map(entry)),
        ])
    }

    private static func entry(_ verdict: Verdict) -> JSON {
        var entry = JSON.object([
            "rule": .string(verdict.rule.name), "level": .string(verdict.rule.level.rawValue),
            "section": .string(verdict.rule.section), "sentence": .string(verdict.rule.sentence),
            "result": .string(verdict.result.word), "count": .integer(Int64(verdict.count)),
            "evidence": .array(verdict.evidence.map(JSON.string)),
        ])
        if let reason = verdict.result.reason { entry = entry.setting("reason", .string(reason)) }
        return entry
    }
}
