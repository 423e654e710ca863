import Foundation
import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

/// `fixtures/explain/masks.json`: texts with secrets of which nothing may be left, and texts that must stay as they are.
struct MaskTable: Decodable, Sendable {
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        var group: String
        var text: String
        var secrets: [String]

        var testDescription: String { "\(group): \(text.prefix(60))" }
    }

    var masked: [Row]
    var kept: [String]

    /// The table; empty when it cannot be read, which a test of its own finds.
    static let read: MaskTable = {
        let data = FileManager.default.contents(atPath: Repository.path("fixtures/explain/masks.json")) ?? Data()
        return (try? JSONDecoder().decode(MaskTable.self, from: data)) ?? MaskTable(masked: [], kept: [])
    }()
}

@Suite("What people paste: secrets go, a server's words stay")
struct MaskTableTests {
    @Test func thereAreRowsOfEveryGroup() {
        let groups = Set(MaskTable.read.masked.map(\.group))
        #expect(MaskTable.read.masked.count >= 300 && MaskTable.read.kept.count >= 200)
        #expect(
            groups == [
                "imap", "pop3", "smtp", "shell", "library", "setting", "language", "sentence", "token", "address",
            ])
    }

    @Test(arguments: MaskTable.read.masked) func nothingOfTheSecretIsLeft(_ row: MaskTable.Row) {
        let masked = PasteMask.masked(row.text)
        #expect(masked.contains(Redactor.mask))
        #expect(PasteMask.masked(masked) == masked)
        for secret in row.secrets {
            let characters = Array(secret)
            let length = min(5, characters.count)
            for start in 0...(characters.count - length) {
                let piece = String(characters[start..<(start + length)])
                #expect(!masked.contains(piece), "\(masked)")
            }
        }
    }

    @Test(arguments: MaskTable.read.kept) func aServersWordsStay(_ text: String) {
        #expect(PasteMask.masked(text) == text)
    }

    /// The words that decide are those of the replies that the catalogue knows.
    @Test func everyExampleOfTheCatalogueStays() throws {
        let examples = try RepositoryCatalog.catalog().signatures.signatures.flatMap(\.examples).map(\.text)
        #expect(examples.count > 500)
        for example in examples { #expect(PasteMask.masked(example) == example) }
    }

    /// Of the texts that people pasted only those with a login in them change, and what a server refused stays in each.
    @Test func everyRefusalOfAPastedTextStays() {
        let lines = ExplainedText.all.flatMap { $0.text.split(separator: "\n").map(String.init) }
        let refusals = lines.filter {
            $0.contains("535") || $0.contains(" NO ") || $0.contains("[AUTHENTICATIONFAILED]")
        }
        let changed = refusals.filter { PasteMask.masked($0) != $0 }
        #expect(refusals.count > 90)
        #expect(changed.isEmpty, "\(changed)")
    }

    static let found: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: Repository.path("fixtures/fuzz/masks"))
        return (names ?? []).sorted()
    }()

    @Test func thereAreFoundTexts() { #expect(!Self.found.isEmpty) }

    @Test(arguments: found) func whatFuzzingFoundIsMaskedOnce(name: String) throws {
        let path = Repository.path("fixtures/fuzz/masks/" + name)
        let octets = try #require(FileManager.default.contents(atPath: path))
        let masked = PasteMask.masked(String(decoding: octets, as: UTF8.self))
        #expect(PasteMask.masked(masked) == masked)
    }

    /// Every beginning of every text is masked without a trap.
    @Test func everyBeginningIsMasked() {
        for row in MaskTable.read.masked where row.text.utf8.count < 120 {
            for length in 0..<row.text.utf8.count {
                _ = PasteMask.masked(String(decoding: row.text.utf8.prefix(length), as: UTF8.self))
            }
        }
    }

    /// Wherever a text is cut, what is masked of the whole is no shorter there: a beginning shows no secret that the whole
    /// hides, but for the one that the cut went through.
    @Test func aTextThatWasCutIsMaskedToo() {
        let text = #"{"host":"h","password":"Tr0ub4dor-3xyz","port":587}"#
        for length in 0...text.utf8.count {
            let masked = PasteMask.masked(String(decoding: text.utf8.prefix(length), as: UTF8.self))
            #expect(!masked.contains("Tr0ub"), "\(masked)")
        }
    }

    /// Lines without a secret are handed back as they came, whatever stands in them.
    @Test(arguments: [
        "", "\n", "\r\n\r\n", "\0", "=", "((((", "{9}", "\"", "password", "password:", "PASS", "login", "a login",
    ])
    func oddTextsStay(_ text: String) { #expect(PasteMask.masked(text) == text) }
}
