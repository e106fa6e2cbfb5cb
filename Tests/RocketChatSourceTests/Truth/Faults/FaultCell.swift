import AirbyteProtocol
import TestSupport

@testable import RocketChatSandbox
@testable import RocketChatSource

/// One cell of the matrix: a fault strikes a group of streams, and when all is well again everything must be true.
struct FaultCell {
    /// The fault.
    let fault: NamedFault
    /// The streams with what is struck of each.
    let targets: [FaultTarget]
    /// Which sync it strikes.
    let stage: FaultStage

    /// What the tries of a request outlast, ms.
    private static let moment: Int64 = 30_000
    /// Most requests of a run, and its longest time in ms.
    private static let mostRequests = 3000
    private static let longest: Int64 = 4 * 3_600_000

    /// What went wrong, in sentences; empty when nothing did. `prepared` is the copy of the sync before the struck one.
    func play(_ prepared: Copy) async throws -> [String] {
        var scene = FaultScene(streams.isEmpty ? [rolesStream] : streams, isFull: stage == .fullRefresh)
        if stage != .first {
            scene.copy = prepared
            scene.wait()
            scene.live(1)
            scene.wait()
        }
        var strike = try await strike(&scene, lasts: true)
        scene.wait()
        if stage != .first {
            scene.live(2)
            scene.wait()
        }
        var found = strike.found
        // Where nothing is tried again, half a minute is as long as the run.
        if fault.kind.isTriedAgain {
            strike = try await self.strike(&scene, lasts: false)
            found += strike.found
            scene.wait()
            if strike.isWhole { return found }
        }
        let well = try await scene.sync()
        if well.code != .ok {
            found.append("the well sync ended with \(well.code): \(well.output.failures.map(\.message))")
        }
        return found + differences(scene).map { "after the well sync: \($0.prefix(300))" }
    }

    private var streams: [StreamDefinition] { targets.compactMap(\.stream) }

    private func differences(_ scene: FaultScene) -> [String] {
        streams.flatMap { stream in
            TruthRows(stream.name, scene.sandbox, scene.account).differences(scene.copy.documents(stream.name))
        }
    }

    /// One sync in which the fault strikes for half a minute, or to the end: what was wrong with it, and whether the copy of each
    /// stream is the truth.
    private func strike(_ scene: inout FaultScene, lasts: Bool) async throws -> (found: [String], isWhole: Bool) {
        let before = scene.copy
        let run = try await scene.sync(targets.flatMap(faults), for: lasts ? nil : Self.moment)
        var found = run.output.faults + run.output.repeatedKeys.map { "\($0) occurs twice in one run" }
        if run.requests > Self.mostRequests { found.append("\(run.requests) requests") }
        if run.time > Self.longest { found.append("\(run.time / 1000) s") }
        found += ending(run, lasts: lasts)
        var isWhole = true
        for target in targets {
            guard let stream = target.stream else { continue }
            let truth = TruthRows(stream.name, scene.sandbox, scene.account)
            found += run.output.buried(stream.name).filter(truth.isAlive).map {
                "\(stream.name)/\($0) is alive and was buried"
            }
            // A stream that was read to its end is the truth, as a rule, and nothing more is to be asked.
            let isComplete = run.output.complete.contains(stream.name)
            let gaps = isComplete ? truth.differences(scene.copy.documents(stream.name)) : []
            if isComplete, gaps.isEmpty { continue }
            isWhole = false
            found += harm(target, truth, before: before, after: scene.copy, run).prefix(4)
            if isComplete, !isBelieved(target), !isNamed(stream.name, run) {
                found.append("\(stream.name) is not whole, and no word says so: \(gaps.prefix(2))")
            }
        }
        return (found.map { "\(lasts ? "to the end" : "half a minute"): \($0)" }, isWhole)
    }

    // An empty increment of messages or of a feed looks as if nothing had changed, and must not strike.
    private func faults(_ target: FaultTarget) -> [Fault] {
        let isUnseen = fault.kind == .emptied && stage == .increment && [.messages, .feed].contains(target.kind)
        return isUnseen || (fault.kind == .emptied && target.kind == .messages) ? [] : fault.faults(target)
    }

    private func isStruck(_ target: FaultTarget) -> Bool {
        !fault.strikes(target).isEmpty && (target.routes.isEmpty || !faults(target).isEmpty)
    }

    private func expected(_ target: FaultTarget, lasts: Bool) -> Outcome {
        isStruck(target) ? fault.kind.outcome(target.kind, stage, lasts: lasts) : .complete
    }

    // How the streams ended, and the run with them.
    private func ending(_ run: FaultScene.Run, lasts: Bool) -> [String] {
        var found: [String] = []
        for target in targets {
            let wanted = expected(target, lasts: lasts)
            let words = run.output.failures.filter { $0.stream == target.stream?.name }
            let isComplete = target.stream.map { run.output.complete.contains($0.name) } ?? (run.code == .ok)
            let ended: Outcome =
                isComplete ? .complete : words.contains { $0.type == "config_error" } ? .config : .transient
            if ended != wanted {
                found.append("\(target.name) ended \(ended) instead of \(wanted): \(words.map(\.message))")
            }
            if !isComplete, words.isEmpty { found.append("\(target.name) ended without a word") }
            let isClear = words.contains { said in fault.kind.words.contains { said.message.contains($0) } }
            if !isComplete, isStruck(target), !isClear {
                found.append("\(target.name) says other words: \(words.map(\.message))")
            }
        }
        let isWell = targets.allSatisfy { expected($0, lasts: lasts) == .complete }
        if run.code != (isWell ? .ok : .failed) { found.append("exit code \(run.code.status)") }
        return found
    }

    // No live row that was there is missing or altered, and no other row is there.
    private func harm(
        _ target: FaultTarget, _ truth: TruthRows, before: Copy, after: Copy, _ run: FaultScene.Run
    ) -> [String] {
        let name = truth.stream
        let old = before.rows[name] ?? [:]
        let new = after.rows[name] ?? [:]
        let form = RowForm(name)
        var found: [String] = []
        if isKept(target, run) {
            found = old.keys.filter { new[$0] == nil && truth.isAlive($0) }.sorted().map {
                "\(name)/\($0) is alive and was lost"
            }
        }
        for (id, data) in new where old[id] != data {
            guard truth.isAlive(id) else {
                found.append("\(name)/\(id) is not alive and came: \(form.text(data))")
                continue
            }
            guard let whole = truth.rows[id] else { continue }
            let row = form.text(data)
            // A full refresh takes what there is; elsewhere a thinner row never replaces a fuller one.
            let mayBeThin = old[id] == nil || stage == .fullRefresh
            if !form.isSame(row, whole), !mayBeThin || !form.isPart(row, of: whole) {
                found.append("\(name)/\(id) is none of the server's: \(row)")
            }
        }
        return found
    }

    /// Whether rows of before must still be there: a full refresh replaces them by what the token may see now.
    private func isKept(_ target: FaultTarget, _ run: FaultScene.Run) -> Bool {
        let isReplaced = stage == .fullRefresh || target.stream?.cursor == nil
        guard isReplaced, let stream = target.stream, run.output.complete.contains(stream.name) else { return true }
        return !isNamed(stream.name, run) && !isBelieved(target)
    }

    private func isNamed(_ stream: String, _ run: FaultScene.Run) -> Bool {
        if fault.kind == .wrongClock { return !run.output.warnings.isEmpty }
        return run.output.warnings.contains { $0.contains(stream) }
    }

    /// Whether the answer cannot be told from a true one: an empty list says that there is nothing.
    private func isBelieved(_ target: FaultTarget) -> Bool {
        guard fault.kind == .emptied, isStruck(target) else { return false }
        return stage != .increment || [.parts, .messages, .newestFirst, .feed].contains(target.kind)
    }
}
