import AirbyteProtocol
import JSONBytes

/// Which load of a stream its rows belong to. Destinations drop the rows of earlier ones than `minimum`
/// (airbyte-contract.md §8.4).
struct Generation: Equatable {
    /// 0 until the stream is begun anew for the first time, and one more each time that it is.
    var number: Int64
    /// `number` as long as earlier rows are still to be dropped, which destinations do once the stream is complete;
    /// 0 when all rows are to stay.
    var minimum: Int64

    /// Before anything was read.
    static let none = Generation(number: 0, minimum: 0)

    /// Earlier rows are still in the destination.
    var isDropOutstanding: Bool { minimum > 0 }

    /// The load that begins now. With `replacing` it takes the place of all former rows.
    func next(replacing: Bool) -> Generation {
        Generation(number: number + 1, minimum: replacing ? number + 1 : 0)
    }
}

/// How one stream goes to the destination in one run.
struct StreamDelivery {
    /// The stream.
    let plan: StreamPlan
    /// Read from its beginning, whatever was known.
    let isAnew: Bool
    /// What the destination is told to do with the rows; the protocol's word.
    let mode: String
    /// The load that the rows belong to.
    let generation: Generation
    /// What the destination cannot do with this stream and the user should know; nil mostly.
    let drawback: String?

    /// Decides by what earlier runs left. `modes` is what the destination can do, empty where it does not say.
    init(_ plan: StreamPlan, former: Generation, hasState: Bool, startsOver: Bool, modes: [String]) {
        self.plan = plan
        // A new load that was cut before its first confirmed state begins once more.
        isAnew = startsOver || !plan.isIncremental || (former.isDropOutstanding && !hasState)
        if let given = plan.given?["destination_sync_mode"]?.string {
            mode = given
            drawback = nil
        } else {
            let merging = plan.primaryKey.isEmpty ? [] : ["append_dedup"]
            let wished = (isAnew ? ["overwrite"] : []) + merging + ["append"]
            let chosen = wished.first { modes.isEmpty || modes.contains($0) } ?? wished[0]
            mode = chosen
            switch (wished[0], chosen) {
            case ("overwrite", "append"), ("overwrite", "append_dedup"):
                drawback = "the destination does not overwrite, so rows of former syncs may stay"
            case ("append_dedup", "append"):
                drawback = "the destination does not merge by primary key, so each version of a row stays"
            default: drawback = nil
            }
        }
        // As the platform does it: a full refresh that the user wants appended leaves the former rows alone.
        let appends = plan.given != nil && !plan.isIncremental && mode == "append"
        generation = isAnew ? former.next(replacing: !appends) : former
    }

    /// The entry of the configured catalog in run number `run`; what a catalog of the user's says stays.
    func entry(run: Int64) -> JSON {
        let numbers: KeyValuePairs<String, JSON> = [
            "destination_sync_mode": .string(mode),
            "generation_id": .integer(generation.number),
            "minimum_generation_id": .integer(generation.minimum),
            "sync_id": .integer(run),
        ]
        if case .object(let given)? = plan.given {
            // What is null there is not said.
            return JSON.object(numbers).merging(.object(given.filter { $0.value != .null }))
        }
        return .object([
            "stream": plan.stream.object,
            "sync_mode": .string((plan.isIncremental ? SyncMode.incremental : .fullRefresh).rawValue),
            "cursor_field": .array(plan.cursorField.map(JSON.string)),
            "primary_key": .array(plan.primaryKey.map { .array($0.map(JSON.string)) }),
        ]).merging(.object(numbers))
    }
}
