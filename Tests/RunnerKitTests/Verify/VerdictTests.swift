import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// What people and programs are told.
struct VerdictTests {
    private var verdicts: [Verdict] {
        get throws {
            var findings = Findings()
            findings.examine(.specIsOneMessage)
            for number in 1...7 { findings.breach(.recordFits, "line \(number): a <b> & \"c\"") }
            findings.breach(.statusIsTold, "no STREAM_STATUS at all")
            findings.breach(.stateHasNoID, "an id")
            findings.skip([.checkRefusesBad], because: "there is no --bad-config")
            let book = try RuleBook(without: ["state.has-no-id=ours has one"])
            return Verdict.all(findings, book: book) { $0 }
        }
    }

    private func verdict(_ rule: Rule) throws -> Verdict { try #require(try verdicts.first { $0.rule == rule }) }

    @Test func everyRuleHasAVerdict() throws {
        #expect(try verdicts.map(\.rule) == Rule.all)
        #expect(try verdict(.specIsOneMessage).result == .passed)
        #expect(try verdict(.recordFits).result == .failed)
        #expect(try verdict(.recordFits).count == 7)
        #expect(try verdict(.recordFits).evidence.count == 5)
        #expect(try verdict(.statusIsTold).result == .warned)
        #expect(try verdict(.stateHasNoID).result == .omitted("ours has one"))
        #expect(try verdict(.checkRefusesBad).result == .skipped("there is no --bad-config"))
        #expect(try verdict(.controlIsWellFormed).result == .skipped("nothing came that it applies to"))
    }

    @Test func theTableTellsWhatIsWrongAndCounts() throws {
        let text = VerdictTable(try verdicts).text
        #expect(text.contains("state.has-no-id") && text.contains("left out  ours has one"))
        #expect(text.contains("failed: record.fits-its-schema (MUST, §0.16, 7 times)"))
        #expect(text.contains("warned: status.is-told (SHOULD, §0.10, once)"))
        #expect(
            text.hasSuffix(
                "\(Rule.all.count) rules: 1 passed, 1 failed, 1 warned, \(Rule.all.count - 4) skipped, 1 left out"))
    }

    @Test func programsGetRuleResultAndEvidence() throws {
        let document = VerdictDocument.json(try verdicts)
        #expect(document["verdict"]?.string == "failed")
        let rules = try #require(document["rules"]?.array)
        let entry = try #require(rules.first { $0["rule"]?.string == "record.fits-its-schema" })
        #expect(
            entry["result"]?.string == "failed" && entry["level"]?.string == "MUST"
                && entry["section"]?.string == "0.16")
        #expect(entry["evidence"]?.array?.first?.string == "line 1: a <b> & \"c\"")
        let omitted = try #require(rules.first { $0["rule"]?.string == "state.has-no-id" })
        #expect(omitted["result"]?.string == "left out" && omitted["reason"]?.string == "ours has one")
    }

    @Test func jUnitIsWellFormed() throws {
        let text = JUnitDocument.text(try verdicts)
        #expect(text.contains(#"tests="\#(Rule.all.count)" failures="1""#))
        #expect(text.contains("line 1: a &lt;b&gt; &amp; &quot;c&quot;\nline 2"))
        #expect(
            text.contains(
                #"<testcase classname="verify.state" name="state.has-no-id"><skipped message="ours has one"/></testcase>"#
            ))
        #expect(
            text.contains("<system-out>SHOULD: the source sends STREAM_STATUS\nno STREAM_STATUS at all</system-out>"))
    }
}
