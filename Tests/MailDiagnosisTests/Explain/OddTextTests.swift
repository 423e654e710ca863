import Foundation
import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

/// Texts that fuzzing found, or that are as odd: each is explained, and in time.
@Suite struct OddTextTests {
    static let names: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: Repository.path("fixtures/fuzz/explain"))
        return (names ?? []).sorted()
    }()

    @Test func thereAreTexts() { #expect(!Self.names.isEmpty) }

    @Test(arguments: names) func isExplained(name: String) throws {
        let octets = try #require(
            FileManager.default.contents(atPath: Repository.path("fixtures/fuzz/explain/" + name)))
        let explanation = Explainer(catalog: try RepositoryCatalog.catalog())
            .explain(String(decoding: octets, as: UTF8.self))
        #expect((1...3).contains(explanation.findings.count))
    }

    /// Every beginning of a text is a text that somebody may paste.
    @Test func everyBeginningIsExplained() throws {
        let explainer = Explainer(catalog: try RepositoryCatalog.catalog())
        let text =
            #"(535, b'5.7.8 <b>Err\x6f\u0072&amp;\r\n) password="a" smtp://u:p@h AUTH PLAIN QUJDREVGR0g= * NO [ALERT] x"#
        for length in 0..<text.utf8.count {
            let findings = explainer.explain(String(decoding: text.utf8.prefix(length), as: UTF8.self)).findings
            #expect((1...3).contains(findings.count))
        }
    }
}
