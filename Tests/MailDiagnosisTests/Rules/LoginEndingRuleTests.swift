import Foundation
import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("Logins that are announced to end")
struct LoginEndingRuleTests {
    private static let microsoft = ProviderIdentification(
        id: "microsoft365", name: "Microsoft 365", confidence: 0.9, hosting: .hosted)

    private func told(_ mechanism: String, daysBefore: Double) throws -> [FindingID] {
        let login = Samples.login(Samples.smtp, Samples.smtpReply(235, "2.7.0", "Accepted"), mechanism: mechanism)
        let profile = try RepositoryCatalog.catalog().profile(id: "microsoft365")
        let ending = try #require(profile?.loginEndings.first { $0.service == .smtp })
        #expect(ending.day == CatalogDate("2026-12-31"))
        // 2026-12-31, noon
        let now = Date(timeIntervalSince1970: 1_798_718_400).addingTimeInterval(-daysBefore * 86_400)
        return try Samples.findings([login], provider: Self.microsoft, now: now).map(\.id)
    }

    @Test func isToldInTheMonthsBefore() throws {
        #expect(try told("PLAIN", daysBefore: 30) == [.loginEndsSoon])
        #expect(try told("PLAIN", daysBefore: 300) == [])
        #expect(try told("PLAIN", daysBefore: -3) == [])
        #expect(try told("XOAUTH2", daysBefore: 30) == [])
    }
}
