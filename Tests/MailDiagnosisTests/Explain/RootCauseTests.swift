import Foundation
import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

/// `fixtures/explain/kinds.json`: texts in which the obvious word is the wrong one.
struct KindsOfTexts: Decodable, Sendable {
    struct Text: Decodable, Sendable, CustomTestStringConvertible {
        var kind: String
        var group: String
        var first: String
        var text: String
        var testDescription: String { kind }
    }

    struct Server: Decodable, Sendable, CustomTestStringConvertible {
        var kind: String
        var provider: String?
        var text: String
        var testDescription: String { kind }
    }

    var texts: [Text]
    var servers: [Server]

    /// All of them; none when the file cannot be read, which a test of its own finds.
    static let all: KindsOfTexts = {
        let data = FileManager.default.contents(atPath: Repository.path("fixtures/explain/kinds.json")) ?? Data()
        return (try? JSONDecoder().decode(KindsOfTexts.self, from: data)) ?? KindsOfTexts(texts: [], servers: [])
    }()
}

/// What decides in a pasted text, and who is told not to.
@Suite struct RootCauseTests {
    static func texts(_ group: String) -> [KindsOfTexts.Text] { KindsOfTexts.all.texts.filter { $0.group == group } }

    @Test func thereAreTextsOfEveryGroup() {
        #expect(Set(KindsOfTexts.all.texts.map(\.group)) == ["wrappers", "unknown", "calm"])
        #expect(KindsOfTexts.all.texts.count >= 20 && KindsOfTexts.all.servers.count >= 9)
    }

    @Test(arguments: KindsOfTexts.all.texts) func theRightCauseComesFirst(_ row: KindsOfTexts.Text) throws {
        let ids = try ExplainedTextTests.explain(row.text).findings.map(\.id.description)
        #expect(ids.first == row.first, "\(ids)")
    }

    /// What is not known is told as such, with the line that says so, and what it mostly is comes behind.
    @Test(arguments: texts("unknown")) func whatIsNotKnownIsQuoted(_ row: KindsOfTexts.Text) throws {
        let finding = try #require(try ExplainedTextTests.explain(row.text).findings.first)
        #expect(finding.serverText == row.text && finding.confidence < 0.6)
    }

    @Test(arguments: texts("calm")) func noTextWithoutAProblemIsAccused(_ row: KindsOfTexts.Text) throws {
        let findings = try ExplainedTextTests.explain(row.text).findings
        #expect(findings.allSatisfy { $0.id == .notAnAccountProblem })
    }

    @Test func whatDecidedIsNamed() throws {
        let text =
            "IMAP Error: Login failed for jo@a.example. Could not connect to mail.a.example:143: Connection refused"
        let finding = try #require(try ExplainedTextTests.explain(text).findings.first)
        #expect(finding.detail.contains("refused connection") && finding.detail.contains("login failed"))
    }

    /// Hosts that are connected to and the login's own address tell whose server speaks, and nothing else.
    @Test(arguments: KindsOfTexts.all.servers) func whoseServerItIs(_ row: KindsOfTexts.Server) throws {
        #expect(try ExplainedTextTests.explain(row.text).provider == row.provider)
    }
}
