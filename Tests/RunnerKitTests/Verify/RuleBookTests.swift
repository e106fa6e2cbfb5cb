import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// The rules themselves, and those that are left out.
struct RuleBookTests {
    @Test func thereAreManyRulesAndEachHasItsOwnName() {
        #expect(Rule.all.count >= 60)
        #expect(Set(Rule.all.map(\.name)).count == Rule.all.count)
        #expect(Set(Rule.all.map(\.sentence)).count == Rule.all.count)
    }

    @Test func everyNameIsThemeDotWords() {
        for rule in Rule.all {
            let parts = rule.name.split(separator: ".")
            #expect(
                parts.count == 2 && rule.name.allSatisfy { $0.isLowercase || "-.0123456789".contains($0) },
                "\(rule.name)")
            #expect(!rule.sentence.hasSuffix("."))
        }
    }

    /// Sections like `0.14` are rows of the list in §0, all others are headings.
    @Test func everySectionIsInTheContract() throws {
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
            separator: "/")
        let bytes = try #require(try Files.read("\(package)/docs/facts/airbyte-contract.md"))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        for rule in Rule.all {
            let section = rule.section
            let head =
                section.hasPrefix("0.")
                ? "| \(section.dropFirst(2)) |" : section.contains(".") ? "### \(section) " : "## \(section). "
            #expect(lines.contains { $0.hasPrefix(head) }, "§\(section) of \(rule.name)")
        }
    }

    @Test func everyRuleIsInTheDocument() throws {
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
            separator: "/")
        let bytes = try #require(try Files.read("\(package)/docs/verify.md"))
        let page = String(decoding: bytes, as: UTF8.self)
        for rule in Rule.all {
            #expect(
                page.contains("| `\(rule.name)` | \(rule.level.rawValue) | \(rule.section) | \(rule.sentence) |"),
                "\(rule.name)")
        }
    }

    @Test func aRuleIsLeftOutWithItsReason() throws {
        let book = try RuleBook(without: ["record.key-is-unique=known, issue = 12"])
        #expect(book.omitted[.recordKeyIsUnique] == "known, issue = 12")
    }

    @Test(arguments: [
        ("record.key-is-uniqe=x", "there is no rule `record.key-is-uniqe`; did you mean record.key-is-unique?"),
        ("nonsense=x", "there is no rule `nonsense`; `verify` prints them all"),
        (
            "record.key-is-unique",
            "--without record.key-is-unique needs a reason: --without 'record.key-is-unique=REASON'"
        ),
        ("record.key-is-unique= ", "needs a reason"),
    ])
    func whatCannotBeLeftOutIsSaid(text: String, reason: String) throws {
        let error = #expect(throws: RunnerError.self) { try RuleBook(without: [text]) }
        #expect(error?.code == .usage)
        #expect(error?.description.contains(reason) == true)
    }

    @Test func twoReasonsForOneRuleAreAMistake() throws {
        let twice = ["log.is-well-formed=a", "log.is-well-formed=b"]
        let error = #expect(throws: RunnerError.self) { try RuleBook(without: twice) }
        #expect(error?.description == "--without log.is-well-formed is given twice")
    }
}
