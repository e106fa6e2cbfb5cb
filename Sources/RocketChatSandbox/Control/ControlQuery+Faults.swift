extension ControlQuery {
    /// The fault that the parameters describe; see `--help` of the program.
    func fault() throws(ControlError) -> Fault {
        let text = self["count"] ?? "1"
        return Fault(
            try kind(), route: self["route"], queryContains: self["query"],
            skip: try number("skip", in: 0...Int.max) ?? 0,
            count: text == "always" ? nil : try number("count", in: 1...Int.max) ?? 1,
            every: try number("every", in: 1...Int.max) ?? 1, probability: try probability())
    }

    private func probability() throws(ControlError) -> Double {
        guard let text = self["probability"] else { return 1 }
        guard let chance = Double(text), (0...1).contains(chance) else {
            throw ControlError("probability is a number from 0 to 1, not \(text)")
        }
        return chance
    }

    private func kind() throws(ControlError) -> Fault.Kind {
        let amount = try number("milliseconds", in: -Self.longest...Self.longest)
        let time = max(0, amount ?? 1000)
        var kinds: [String: Fault.Kind] = [
            "429": .rateLimited(milliseconds: time), "500": .internalError, "502": .badGateway, "503": .unavailable,
            "slow": .slow(milliseconds: Int(time)),
            "truncated": .truncated(after: try number("bytes", in: 0...Int.max) ?? 100), "empty": .empty,
            "unsuccessful": .unsuccessful, "broken": .brokenJSON, "html": .webPage,
            "redirect": .redirect(to: self["to"] ?? "https://other.example"), "dropped": .dropped,
            "restart": .restart(milliseconds: time), "401": .unauthorized, "403": .forbidden,
            "refused": .refused(code: self["code"] ?? "error-not-allowed"), "date": .dated(by: amount ?? 0),
            "dateless": .dated(by: nil),
        ]
        kinds["answer"] = .answered(try reply())
        kinds["edit"] = .edited(try edits())
        kinds["ask"] = .asked(parameter: self["parameter"] ?? "", value: self["value"])
        guard let kind = self["kind"].flatMap({ kinds[$0] }) else {
            throw ControlError("kind is one of \(kinds.keys.sorted().joined(separator: ", "))")
        }
        return kind
    }

    private func reply() throws(ControlError) -> Reply {
        var headers: [String: String] = [:]
        for header in all("header") {
            let parts = header.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw ControlError("header is Name:value, not \(header)") }
            headers[String(parts[0])] = String(parts[1].drop { $0 == " " })
        }
        return Reply(
            body, status: try number("status", in: 100...599) ?? 200, contentType: self["type"] ?? "application/json",
            headers: headers, isTheServers: self["server"] == "true")
    }

    /// The changes named by `edit`: `set:path:JSON`, `remove:path`, `rename:path:name`, `shorten:path:count`,
    /// `drop:path:text` and `echo:path:parameter`.
    private func edits() throws(ControlError) -> [AnswerEdit] {
        var edits: [AnswerEdit] = []
        for text in all("edit") {
            let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
            switch (parts.first, parts.count) {
            case ("set", 3) where JSONParser.parse(Array(parts[2].utf8)) != nil:
                edits.append(.set(parts[1], json: parts[2]))
            case ("remove", 2): edits.append(.remove(parts[1]))
            case ("rename", 3): edits.append(.rename(parts[1], to: parts[2]))
            case ("shorten", 3) where Int(parts[2]).map({ $0 >= 0 }) == true:
                edits.append(.shorten(parts[1], to: Int(parts[2]) ?? 0))
            case ("drop", 3): edits.append(.drop(parts[1], holding: parts[2]))
            case ("echo", 3): edits.append(.echo(parts[1], parameter: parts[2]))
            default:
                throw ControlError("edit is set, remove, rename, shorten, drop or echo with its parts, not \(text)")
            }
        }
        return edits
    }
}
