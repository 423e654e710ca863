import Foundation
import MailReport
import MailTestSupport
import Testing

/// Reports that a fuzzer found.
struct FoundReportTests {
    static let names =
        (try? FileManager.default.contentsOfDirectory(atPath: Repository.path("fixtures/fuzz/report")))?.sorted() ?? []

    @Test func thereAreSome() { #expect(!Self.names.isEmpty) }

    /// What can be read is written as something that reads the same.
    @Test(arguments: names) func readsTheSame(name: String) throws {
        let octets = try Data(contentsOf: URL(filePath: Repository.path("fixtures/fuzz/report/" + name)))
        let text = JSONReport.render(try SavedReport.report(from: octets))
        #expect(JSONReport.render(try SavedReport.report(from: Data(text.utf8))) == text)
    }
}
