import AirbyteProtocol

/// The source or destination to run: a program and the arguments that come before the verb.
package struct SourceCommand: Sendable, Equatable {
    /// Program first. Never empty.
    package let words: [String]

    /// Splits a command line as a shell would: white space separates, quotes and backslashes protect. Nothing is
    /// expanded and no shell is involved.
    package init(_ line: String, role: ConnectorRole = .source) throws(RunnerError) {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = line.makeIterator()
        while let character = characters.next() {
            switch (quote, character) {
            case (nil, "'"), (nil, "\""):
                quote = character
                word = word ?? ""
            case (let open?, _) where character == open:
                quote = nil
            case (nil, "\\"):
                guard let next = characters.next() else {
                    throw RunnerError(.usage, "--\(role) ends with a backslash: \(line)")
                }
                word = (word ?? "") + String(next)
            case ("\"", "\\"):
                // Inside double quotes a backslash protects only itself and the quote, as in POSIX sh.
                guard let next = characters.next() else { break }
                word = (word ?? "") + (next == "\"" || next == "\\" ? "" : "\\") + String(next)
            case (nil, _) where character.isWhitespace:
                if let finished = word { words.append(finished) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw RunnerError(.usage, "--\(role) has an open quote: \(line)") }
        if let word { words.append(word) }
        guard words.first?.isEmpty == false else { throw RunnerError(.usage, "--\(role) names no program") }
        self.words = words
    }
}
