/// The verdicts as JUnit XML, which CI systems show: a test case for each rule.
enum JUnitDocument {
    /// A broken SHOULD is no failure; what it is about stands in the case's output.
    static func text(_ verdicts: [Verdict]) -> String {
        let failures = verdicts.count { $0.result == .failed }
        let skipped = verdicts.count { $0.result.reason != nil }
        let head =
            #"<testsuite name="airbyte-run verify" tests="\#(verdicts.count)" failures="\#(failures)" errors="0" "#
            + #"skipped="\#(skipped)">"#
        let lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, head] + verdicts.map(testCase) + ["</testsuite>", ""]
        return lines.joined(separator: "\n")
    }

    private static func testCase(_ verdict: Verdict) -> String {
        let rule = verdict.rule
        let theme = rule.name.prefix { $0 != "." }
        let open = #"  <testcase classname="verify.\#(theme)" name="\#(rule.name)""#
        let evidence = escaped(verdict.evidence.joined(separator: "\n"))
        let content: String? =
            switch verdict.result {
            case .passed: nil
            case .failed: #"<failure message="\#(escaped(rule.sentence))">\#(evidence)</failure>"#
            case .warned: "<system-out>\(escaped("\(rule.level.rawValue): \(rule.sentence)"))\n\(evidence)</system-out>"
            case .skipped(let reason), .omitted(let reason): #"<skipped message="\#(escaped(reason))"/>"#
            }
        return content.map { "\(open)>\($0)</testcase>" } ?? "\(open)/>"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            // XML has no way to write these.
            case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
