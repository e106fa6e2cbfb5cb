/// The man page, made from the tables.
enum ManPage {
    /// What `man` prints; `version` stands in the footer.
    static func text(version: String) -> String {
        let codes = Usage.exitCodes.map { ".TP\n.B \(escaped($0.0))\n\(sentence($0.1))" }
        let parts: [String] = [
            #".TH AIRBYTE\-RUN 1 "" "\#(escaped(version))" "User commands""#,
            ".SH NAME\nairbyte\\-run \\- \(escaped(Usage.summary))",
            ".SH SYNOPSIS\n.nf\n" + Verb.allCases.map(synopsis).joined(separator: "\n") + "\n.fi",
            ".SH DESCRIPTION\nStarts a source that speaks the Airbyte protocol and does something with what it says.",
            ".SH COMMANDS\n" + Verb.allCases.map(command).joined(separator: "\n"),
            ".SH OPTIONS\n" + OptionName.allCases.map(option).joined(separator: "\n"),
            ".SH EXIT STATUS\n" + codes.joined(separator: "\n"),
            ".SH EXAMPLES\n" + Verb.allCases.flatMap(\.rule.examples).map(example).joined(separator: "\n"),
            ".SH SEE ALSO\n.BR source\\-rocket\\-chat (1),\n.BR sqlite3 (1)",
        ]
        return parts.joined(separator: "\n")
    }

    private static func synopsis(_ verb: Verb) -> String {
        let lines = TextBlock.wrapped(Usage.pieces(of: verb), head: "airbyte-run \(verb) ", width: 76)
        return escaped(lines)
    }

    private static func command(_ verb: Verb) -> String {
        let text = verb.rule.text
        return ".TP\n.B \(escaped(verb.rawValue))\n\(sentence(verb.rule.summary))"
            + (text.isEmpty ? "" : "\n\(escaped(text))")
    }

    private static func option(_ name: OptionName) -> String {
        let short = name.rule.short.map { "\\-\($0), " } ?? ""
        let form =
            name.rule.value.map { #".BI "\#(short)\#(escaped(name.word))" " \#(escaped($0.name))""# }
            ?? #".B "\#(short)\#(escaped(name.word))""#
        return ".TP\n\(form)\n\(sentence(name.rule.text))"
    }

    private static func example(_ example: (line: String, purpose: String)) -> String {
        ".TP\n\(sentence(example.purpose))\n.nf\nairbyte\\-run \(escaped(example.line))\n.fi"
    }

    /// Begins with a capital and ends with a full stop.
    private static func sentence(_ text: String) -> String {
        escaped(text.prefix(1).uppercased() + text.dropFirst() + ".")
    }

    /// Nothing in it is taken for a request of groff's, and a hyphen stays the one that can be typed.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let plain = line.map { character in
                switch character {
                case "\\": "\\e"
                case "-": "\\-"
                case "'": "\\(aq"
                case "`": "\\(ga"
                case "\"": "\\(dq"
                case "~": "\\(ti"
                default: "\(character)"
                }
            }.joined()
            return plain.hasPrefix(".") ? "\\&" + plain : plain
        }.joined(separator: "\n")
    }
}
