import AirbyteProtocol
import JSONBytes
import RocketChatAPI

/// A stream read newest first, until a known row is met: rows that never change once they are there, or a listing that the
/// server sorts by last change. What changes under way moves to the front and is met by the next sync.
///
/// Rows that the server drops in time (statistics are kept for a year) are no removals: nothing is told of them.
final class NewestFirstStream: StreamReader {
    private let definition: StreamDefinition
    private let endpoint: ListEndpoint
    private let context: SyncContext
    private let output: StreamOutput
    private let mark: SinceMark

    /// A reader of `definition` from `mark` on.
    init(
        _ definition: StreamDefinition, _ endpoint: ListEndpoint, context: SyncContext, output: StreamOutput,
        mark: SinceMark
    ) {
        self.definition = definition
        self.endpoint = endpoint
        self.context = context
        self.output = output
        self.mark = mark
    }

    /// The mark; it moves when the read has come to its end, not before.
    var state: JSON { mark.state }

    /// Delivers the rows younger than the mark, and asks for no page behind the first that has an older one.
    /// - Throws: `ReadError`.
    func read() async throws(ReadError) {
        let rows = definition.rows()
        // What is stamped up to S0 must be there when it is asked for, or the mark would pass over it.
        if mark.isIncremental { try await context.waitForHorizon() }
        let basis = context.stamps.newest
        var reader = ListingReader(context, endpoint, rows: rows, stream: definition.name)
        reader.date = rows.date
        let walk = CursorWalk(reader: reader, since: mark.instant, endsAtKnown: true)
        let outcome = try await walk.read { page, due throws(ReadError) in
            do throws(OutputError) { try output.deliver(page, rows: due) } catch {
                throw ReadError.output(error)
            }
        }
        if let sentence = outcome.shortage { context.report.doubt("Stream '\(definition.name)': \(sentence)") }
        // An empty list that is wrong would pass over everything dated up to the mark.
        if outcome.isComplete, outcome.rows > 0 {
            mark.reach(context.mark(after: mark.instant ?? 0, basis: max(basis ?? 0, outcome.firstDate ?? 0)))
        }
    }
}
