import AirbyteProtocol
import CSystem

/// Where the runner prints: results on one descriptor, words about them on the other.
package struct Console: Sendable {
    /// Results: protocol lines, tables.
    let output: Int32
    /// Progress, warnings, errors.
    let errors: Int32

    /// Standard output and standard error unless told otherwise.
    package init(output: Int32 = 1, errors: Int32 = 2) {
        self.output = output
        self.errors = errors
    }

    /// Whether results go to a person.
    var isOutputTerminal: Bool { isatty(output) == 1 }
    /// Whether a person sees the words about them.
    var isErrorsTerminal: Bool { isatty(errors) == 1 }

    /// Columns of the terminal behind `errors`, 80 when it does not say.
    var columns: Int {
        let columns = Int(terminal_columns(errors))
        return columns > 0 ? columns : 80
    }

    /// Lines of the terminal behind `errors`, 24 when it does not say.
    var rows: Int {
        let rows = Int(terminal_rows(errors))
        return rows > 0 ? rows : 24
    }

    /// Writes all of `bytes` as results. Gives up when a signal arrives while the reader keeps us waiting.
    func write(_ bytes: [UInt8]) throws(WriteFault) {
        let result: Result<Void, WriteFault> = bytes.withUnsafeBytes { buffer in
            do throws(WriteFault) {
                return .success(try Descriptor(output).writeUnlessSignaled(buffer))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Prints one line of results. A reader that has gone is no error; throws when the line is lost otherwise.
    func print(_ line: String) throws(RunnerError) {
        do throws(WriteFault) { try write(Array("\(line)\n".utf8)) } catch {
            if let error = error.error { throw error }
        }
    }

    /// Prints text for people as it is.
    package func say(_ text: String) {
        guard !text.isEmpty else { return }
        Array(text.utf8).withUnsafeBytes { bytes in
            // Nobody is left who could be told.
            do throws(WriteFault) { try Descriptor(errors).writeUnlessSignaled(bytes) } catch {}
        }
    }

    /// Makes what was written durable, when it went into a file.
    func synchronize() -> Bool {
        var status = stat()
        guard fstat(output, &status) == 0, file_kind(status.st_mode) == S_IFREG else { return true }
        return fsync(output) == 0
    }
}

extension Console {
    /// What the screen behind `errors` can show, as the environment and the terminal have it now.
    var style: ScreenStyle {
        ScreenStyle(
            columns: columns, rows: rows,
            hasColour: ScreenStyle.wantsColour(noColour: ScreenStyle.variable("NO_COLOR")),
            isUnicode: ScreenStyle.isUnicode(
                all: ScreenStyle.variable("LC_ALL"), type: ScreenStyle.variable("LC_CTYPE"),
                language: ScreenStyle.variable("LANG")))
    }
}
