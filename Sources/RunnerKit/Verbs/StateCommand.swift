import AirbyteProtocol
import CSystem
import JSONBytes

/// `state`: shows what the next run would continue from, or forgets it for some streams.
struct StateCommand {
    /// What is to be done.
    private enum Action: String {
        case show, reset
    }

    private let action: Action
    private let streams: [String]
    private let place: any StatePlace
    private let isJSON: Bool

    /// Reads the operands: the action, a connection file unless an option says where the state is, streams.
    init(_ words: CommandWords) throws(RunnerError) {
        var words = words
        var operands = words.operands[...]
        guard let name = operands.popFirst() else { throw RunnerError(.usage, "`state` needs `show` or `reset`") }
        guard let action = Action(rawValue: name) else {
            let advice = Suggestion.sentence(for: name, among: ["show", "reset"])
            throw RunnerError(.usage, "`state` has no `\(name)`, only `show` and `reset`\(advice)")
        }
        if !words.has(.into), !words.has(.state) {
            guard let path = operands.popFirst() else {
                throw RunnerError(.usage, "`state` needs --into FILE.db, --state FILE or a connection file")
            }
            words.add(try ConnectionOptions(path))
        }
        if let path = words.value(.state) {
            place = StateFilePlace(try TargetFile(path, option: "--state").path)
        } else if let path = words.value(.into) {
            place = DatabasePlace(try TargetFile(path, option: "--into").path)
        } else {
            throw RunnerError(.usage, "the connection file names neither `into` nor `state`")
        }
        self.action = action
        streams = Array(operands)
        isJSON = words.has(.json)
        if action == .reset, streams.isEmpty { throw RunnerError(.usage, "`state reset` needs the name of a stream") }
    }

    /// Does it and prints what came of it.
    func run(_ console: Console) throws(RunnerError) -> ExitCode {
        switch action {
        case .show: try console.print(try shown(try place.entries()))
        case .reset:
            let keys = try keys(of: try place.entries())
            try place.forget(keys)
            for key in keys {
                try console.print("\(Redactor()(key.description)): the next run reads it from the beginning")
            }
        }
        return .ok
    }

    private func shown(_ entries: [StateEntry]) throws(RunnerError) -> String {
        let wanted = streams.isEmpty ? nil : try keys(of: entries)
        let chosen = entries.filter { entry in wanted.map { $0.contains(entry.key) } ?? true }
        if isJSON { return JSON.array(chosen.map(\.payload)).text }
        guard !chosen.isEmpty else { return "There is no state: the next run reads everything from the beginning." }
        let redactor = Redactor()
        var table = TextTable(["stream", "saved at", "state"])
        for entry in chosen {
            let text = redactor(entry.state.text)
            let cut = text.count > Self.width ? text.prefix(Self.width - 3) + "..." : text[...]
            table.add([redactor(entry.name), entry.savedAt ?? "", String(cut)])
        }
        return table.text
    }

    /// How much of a state a table shows.
    private static let width = 80

    private func keys(of entries: [StateEntry]) throws(RunnerError) -> [StreamKey] {
        let known = entries.filter { $0.kind == .stream }.map(\.key)
        var keys: [StreamKey] = []
        for name in streams {
            let matches = known.filter { $0.name == name || $0.description == name }
            guard !matches.isEmpty else {
                guard entries.isEmpty || entries.contains(where: { $0.kind == .stream }) else {
                    throw RunnerError(
                        .usage,
                        "the source keeps one state for all streams, which cannot be forgotten for one:"
                            + " --full-refresh reads everything anew")
                }
                throw RunnerError(
                    .usage,
                    "there is no state of a stream `\(name)`"
                        + Suggestion.sentence(for: name, among: known.map(\.description)))
            }
            keys += matches.filter { !keys.contains($0) }
        }
        return keys
    }
}
