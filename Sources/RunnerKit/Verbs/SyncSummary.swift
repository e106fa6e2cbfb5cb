import AirbyteProtocol
import JSONBytes

/// What a sync came to: for people a table with a line below it, for programs a JSON object.
struct SyncSummary {
    /// One stream.
    struct Stream {
        /// What was counted of it.
        let account: StreamAccount
        /// Rows that its table has now; nil when it has none.
        let rows: Int64?

        /// A stream and its table.
        init(_ account: StreamAccount, rows: Int64?) {
            self.account = account
            self.rows = rows
        }
    }

    /// In the order in which they were asked for.
    var streams: [Stream] = []
    /// How long all of it took.
    var seconds = 0.0
    /// How the program ends.
    let exit: ExitCode
    /// What failed as a whole; nil when nothing did, or only streams.
    let reason: String?
    /// Records of the source that could not be read.
    var brokenRecords = 0

    private func sum(_ figure: (StreamAccount) -> Int) -> Int { streams.reduce(0) { $0 + figure($1.account) } }

    /// The table, and the line that sums it up.
    func table(_ reporter: Reporter) -> String {
        var table = TextTable(
            ["stream", "upserts", "deletions", "rows now", "seconds", ""], rightAligned: [1, 2, 3, 4])
        for stream in streams {
            let account = stream.account
            table.add([
                reporter.line(account.key.description), String(account.upserts), String(account.deletions),
                stream.rows.map { String($0) } ?? "", Amount.tenths(account.seconds),
                account.failure.map { reporter.line("FAILED: \($0)") } ?? "",
            ])
        }
        return table.text + "\n" + totals
    }

    /// `5 streams, 1 410 upserts, 12 deletions, 3.4 MB in 1.3 s (2.6 MB/s)`.
    var totals: String {
        let failed = streams.count { $0.account.failure != nil }
        let time = seconds < 120 ? "\(Amount.tenths(seconds)) s" : Amount.watch(Int64(seconds * 1000))
        let speed = seconds > 0 ? " (\(Amount.speed(Double(sum(\.bytes)) / seconds)))" : ""
        let parts = [
            Amount.count(streams.count, "stream"), failed > 0 ? "\(failed) failed" : nil,
            Amount.count(sum(\.upserts), "upsert"),
            Amount.count(sum(\.deletions), "deletion"), "\(Amount.size(sum(\.bytes))) in \(time)\(speed)",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    /// Why it failed, if it did: the reason of the whole, or of the first stream that did.
    private var error: String? {
        guard exit != .ok else { return nil }
        if let reason { return reason }
        if let failed = streams.first(where: { $0.account.failure != nil })?.account {
            return "stream \(failed.key): \(failed.failure ?? "")"
        }
        return brokenRecords > 0 ? "\(brokenRecords) records of the source could not be read" : nil
    }

    /// The object of `--json`, texts masked.
    func json(_ reporter: Reporter) -> String {
        let text = { (value: String?) in value.map { JSON.string(reporter.line($0)) } ?? .null }
        let integer = { (value: Int) in JSON.integer(Int64(value)) }
        let list = streams.map { stream -> JSON in
            let account = stream.account
            return .object([
                "stream": text(account.key.name), "namespace": text(account.key.namespace),
                "status": .string(account.failure == nil ? "ok" : "failed"), "upserts": integer(account.upserts),
                "deletions": integer(account.deletions), "rows": stream.rows.map(JSON.integer) ?? .null,
                "records": integer(account.records), "bytes": integer(account.bytes), "states": integer(account.states),
                "seconds": .number(Self.thousandths(account.seconds)), "error": text(account.failure),
            ])
        }
        let object = JSON.object([
            "streams": .array(list), "upserts": integer(sum(\.upserts)), "deletions": integer(sum(\.deletions)),
            "rows": .integer(streams.reduce(0) { $0 + ($1.rows ?? 0) }), "bytes": integer(sum(\.bytes)),
            "states": integer(sum(\.states)), "seconds": .number(Self.thousandths(seconds)),
            "exit": .integer(Int64(exit.status)), "error": text(error),
        ])
        return object.text
    }

    private static func thousandths(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    /// Prints the object, where all else has failed already.
    func say(_ reporter: Reporter) {
        do throws(RunnerError) { try reporter.console.print(json(reporter)) } catch { reporter.say(error.description) }
    }
}
