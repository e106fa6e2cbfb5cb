import CSystem
import JSONBytes

/// What a program that crashes leaves behind: a sentence, and on standard output an error of the protocol.
package enum CrashSentence {
    private static let digits = "1000000000000"

    /// Says from now on what happened when `program` crashes. With `isSource`, standard output carries the protocol and tells of it, too.
    package static func install(_ program: String, isSource: Bool) {
        let words =
            "\(program) has crashed: either it is a mistake in the program, or there was too little memory or too few descriptors. What it "
            + "has written stands and is whole; run the same again. If it crashes again, report it with what stands above."
        let error = TraceError(message: words, failureType: .system)
        let line = isSource ? MessageText.error(error, at: Int64(digits) ?? 0) : []
        tell_of_crashes("\(words)\n", String(decoding: line, as: UTF8.self), digits)
    }
}
