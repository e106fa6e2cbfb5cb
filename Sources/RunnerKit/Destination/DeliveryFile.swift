import AirbyteProtocol
import JSONBytes

/// What is kept between the syncs from one source to one destination: the states that the destination has confirmed, how
/// often each stream was begun anew, and between whom.
struct DeliveryFile: Equatable {
    /// The newest confirmed states.
    var states = StateFile()
    /// How many syncs were begun.
    var runs: Int64 = 0
    /// Whose data it is; nil in a file of somebody else.
    var source: SourceIdentity?
    /// Where the data went.
    var destination: SourceIdentity?
    private var generations: [(key: StreamKey, generation: Generation)] = []

    /// Before the first sync.
    init() {}

    /// Reads a file of its own, or any state file that a source or a runner has written.
    init(parsing bytes: [UInt8]) throws(InputError) {
        states = try StateFile(parsing: bytes)
        guard let document = try? JSON(parsing: bytes), document["airbyte_state"] != nil else { return }
        runs = document["runs"]?.integer ?? 0
        source = document["source"].flatMap(Self.identity)
        destination = document["destination"].flatMap(Self.identity)
        for entry in document["generations"]?.array ?? [] {
            guard let key = StreamKey(entry["stream_descriptor"]) else { continue }
            self[key] = Generation(
                number: entry["generation_id"]?.integer ?? 0, minimum: entry["minimum_generation_id"]?.integer ?? 0)
        }
    }

    /// How often a stream was begun anew.
    subscript(key: StreamKey) -> Generation {
        get { generations.first { $0.key == key }?.generation ?? .none }
        set {
            if let index = generations.firstIndex(where: { $0.key == key }) {
                generations[index].generation = newValue
            } else {
                generations.append((key, newValue))
            }
        }
    }

    static func == (left: DeliveryFile, right: DeliveryFile) -> Bool { left.text == right.text }

    /// Whether the next run of this stream has a state to go on from.
    func hasState(_ key: StreamKey) -> Bool { states[key] != nil || states.global != nil || states.legacy != nil }

    /// Takes over what a new run begins with. A stream that is begun anew has no state from now on: the destination
    /// may empty its table at once, and a state that outlived its rows would lose them.
    mutating func begin(_ deliveries: [StreamDelivery]) {
        runs += 1
        for delivery in deliveries { self[delivery.plan.key] = delivery.generation }
        let anew = deliveries.filter(\.isAnew).map(\.plan)
        // States of all streams together cannot be had without the one that is begun anew.
        let dropsShared = anew.contains(where: \.isIncremental)
        var kept = StateFile()
        for (key, state) in states.streams where !anew.contains(where: { $0.key == key }) { kept[key] = state }
        if !dropsShared, let global = states.global { kept.apply(.object(["global": global])) }
        if !dropsShared, let legacy = states.legacy {
            kept.apply(.object(["type": .string("LEGACY"), "data": legacy]))
        }
        states = kept
    }

    /// The destination has all of these streams: nothing of earlier loads is left to drop.
    mutating func complete(_ keys: [StreamKey]) {
        for key in keys where self[key].isDropOutstanding { self[key].minimum = 0 }
    }

    /// The file's content. The states stand in it as other runners keep them, too.
    var text: String {
        var members: [JSON.Member] = [
            .init(name: "airbyte_state", value: (try? JSON(parsing: Array(states.text.utf8))) ?? .array([])),
            .init(name: "runs", value: .integer(runs)),
            .init(name: "generations", value: .array(generations.map(Self.entry))),
        ]
        if let source { members.append(.init(name: "source", value: Self.json(source))) }
        if let destination { members.append(.init(name: "destination", value: Self.json(destination))) }
        return JSON.object(members).text + "\n"
    }

    private static func entry(_ key: StreamKey, _ generation: Generation) -> JSON {
        .object([
            "stream_descriptor": key.descriptor,
            "generation_id": .integer(generation.number),
            "minimum_generation_id": .integer(generation.minimum),
        ])
    }

    private static func json(_ identity: SourceIdentity) -> JSON {
        .object([
            "command": .array((identity.command ?? []).map(JSON.string)),
            "marks": .array(identity.marks.map(JSON.string)),
        ])
    }

    private static func identity(_ json: JSON) -> SourceIdentity? {
        guard let command = json["command"]?.array, let marks = json["marks"]?.array else { return nil }
        return SourceIdentity(command: command.compactMap(\.string), marks: marks.compactMap(\.string))
    }
}

extension DeliveryFile {
    /// Refuses to go on between others than those whose states these are: a new destination would get only what changed
    /// since, and two sources would overtake each other. `isSame…` is the user's word that they are the same.
    func check(
        source now: SourceIdentity, isSameSource: Bool, destination place: SourceIdentity, isSameDestination: Bool,
        path: String
    ) throws(RunnerError) {
        if let source, !isSameSource, !source.isSameProgram(as: now) || !source.sharesData(with: now) {
            throw RunnerError(
                .configuration,
                "\(path) holds the states of \(source.shown), not of \(now.shown): give each source a file of its own"
                    + " with --state FILE. If it is the same one under another name, run once with --same-source")
        }
        if let destination, !isSameDestination,
            !destination.isSameProgram(as: place) || Set(destination.marks) != Set(place.marks)
        {
            throw RunnerError(
                .configuration,
                "\(path) holds the states of what went to \(destination.shown), not to \(place.shown), which would get"
                    + " only what is new: give each destination a file of its own with --state FILE. If it is the"
                    + " same one under another name, run once with --same-destination")
        }
    }
}

extension SourceIdentity {
    /// For people: the program and where its data are.
    fileprivate var shown: String {
        let program = command?.joined(separator: " ") ?? ""
        return marks.isEmpty ? "`\(program)`" : "`\(program)` (\(marks.joined(separator: ", ")))"
    }
}
