import AirbyteProtocol
import CSystem
import JSONBytes

/// `init`: a configuration from the source's own description.
extension SourceSession {
    /// Writes the file and says what is to be filled in.
    func initialize() throws(RunnerError) -> ExitCode {
        if options.connection != nil, !options.config.isEmpty {
            throw RunnerError(
                .usage,
                "`init` writes a connection file, which has the configuration in it, or --config: name one of them")
        }
        let path = options.connection ?? (options.config.isEmpty ? "config.json" : options.config)
        guard path != HandwrittenFile.standardInput, access(path, F_OK) != 0 else {
            throw RunnerError(.usage, "\(path) is there already, and `init` overwrites nothing: name another file")
        }
        guard let answer = try ask("spec", for: .spec), let specification = answer["connectionSpecification"] else {
            throw unanswered("the source does not answer `spec`, so it is no Airbyte source")
        }
        let draft = ConfigurationDraft(specification, prefix: options.source.name)
        let content = options.connection == nil ? draft.object : connection(draft.object, path)
        try Files.write(content.indentedText + "\n", to: path, flags: O_WRONLY | O_CREAT | O_EXCL)
        try reporter.console.print(account(of: draft, path: path))
        return .ok
    }

    private func connection(_ configuration: JSON, _ path: String) -> JSON {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let stem = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        let folder = TargetFile.folder(of: path)
        var words = options.source.words
        if words[0].contains("/") { words[0] = Self.seen(words[0], from: folder) }
        return .object([
            "source": .array(words.map(JSON.string)), "config": configuration,
            "into": .string(options.database.map { Self.seen($0, from: folder) } ?? stem + ".db"),
        ])
    }

    /// A path of the command line as the connection file has to name it, which is read from its own folder.
    private static func seen(_ path: String, from folder: String) -> String {
        guard !folder.isEmpty, !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }

    /// What was written, and what is left to do.
    private func account(of draft: ConfigurationDraft, path: String) -> String {
        var lines = ["\(path) is written, for its owner alone."]
        func list(
            _ title: String, _ settings: [ConfigurationDraft.Setting], name: (ConfigurationDraft.Setting) -> String
        ) {
            guard !settings.isEmpty else { return }
            lines += ["", title]
            let width = settings.map { name($0).count }.max() ?? 0
            for setting in settings {
                let padded = name(setting) + String(repeating: " ", count: width - name(setting).count)
                lines.append(
                    TextBlock.hanging(
                        "  \(padded)  ", reporter.line(setting.text.isEmpty ? setting.type : setting.text)))
            }
        }
        list("To be filled in:", draft.settings.filter { $0.isOpen && $0.variable == nil }) { $0.path }
        list("To be set in the environment:", draft.settings.filter { $0.variable != nil }) { $0.variable ?? "" }
        list(
            "With a default, which stands in the file:",
            draft.settings.filter { !$0.isOpen && $0.value != nil && $0.variable == nil }
        ) { $0.path }
        list("Left out:", draft.settings.filter { $0.value == nil }) { $0.path }
        return lines.joined(separator: "\n")
    }
}

extension SourceCommand {
    /// What the source is called: the last word of its command that is no option, without folder, ending and version.
    var name: String {
        let word = words.last { !$0.hasPrefix("-") } ?? words[0]
        let file = word.split(separator: "/").last.map(String.init) ?? word
        return String(file.prefix { $0 != ":" && $0 != "." && $0 != "@" })
    }
}
