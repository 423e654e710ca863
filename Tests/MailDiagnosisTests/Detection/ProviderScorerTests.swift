import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("Detection, weighed")
struct ProviderScorerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var exchangers: [String]
        var provider: String?
        var inboxType: InboxType?
        var hosting = MailHosting.hosted
        var testDescription: String { exchangers.joined(separator: " ") }
    }

    @Test(arguments: [
        Row(exchangers: ["smtp.google.com"], provider: "google_workspace", inboxType: .googleWorkspace),
        Row(
            exchangers: ["aspmx.l.google.com", "alt1.aspmx.l.google.com"], provider: "google_workspace",
            inboxType: .googleWorkspace),
        Row(exchangers: ["example-com.mail.protection.outlook.com"], provider: "microsoft365", inboxType: .outlook365),
        Row(exchangers: ["example-com.d-v1.mx.microsoft"], provider: "microsoft365", inboxType: .outlook365),
        // Whoever runs it, it is none of the houses that the registration API knows by name.
        Row(exchangers: ["mx.unheard-of.example"], provider: nil, inboxType: .customSMTP),
        Row(exchangers: [""], provider: nil, inboxType: nil, hosting: .notHosted),
    ])
    func exchangersTellTheProvider(_ row: Row) throws {
        let verdict = try weigh(.records(row.exchangers.map { .mx(preference: $0.isEmpty ? 0 : 10, exchange: $0) }))
        #expect(verdict.provider.id == row.provider)
        #expect(verdict.inboxType == row.inboxType)
        #expect(verdict.provider.hosting == row.hosting)
    }

    @Test func googleAndMicrosoftGetTheDocumentedSettings() throws {
        let google = try #require(try weigh(.records([.mx(preference: 1, exchange: "smtp.google.com")])).settings.first)
        #expect("\(google.smtp) \(google.imap)" == "smtp.gmail.com:587/starttls imap.gmail.com:993/tls")
        #expect(google.smtpUsername == .address)
        let outlook = try #require(
            try weigh(.records([.mx(preference: 1, exchange: "x.mail.protection.outlook.com")])).settings.first)
        #expect("\(outlook.smtp) \(outlook.imap)" == "smtp.office365.com:587/starttls outlook.office365.com:993/tls")
    }

    @Test func aGatewayIsNoMailbox() throws {
        let verdict = try weigh(.records([.mx(preference: 1, exchange: "mx1.example.pphosted.com")]))
        #expect(verdict.provider.gateway != nil)
        #expect(verdict.provider.id == nil)
        #expect(verdict.settings.isEmpty)
    }

    @Test func aMissingNameHasNoMail() throws {
        #expect(try weigh(.nameNotFound).provider.hosting == .notHosted)
    }

    @Test(arguments: [DNSOutcome.timedOut, .serverFailure, .refused, .noData])
    func silenceIsNotTakenForANo(_ outcome: DNSOutcome) throws {
        #expect(try weigh(outcome).provider.hosting == .unknown)
    }

    /// Of addresses that hide others the catalogue alone tells that nobody has a mailbox there, unless the exchangers tell more.
    @Test(arguments: [
        (nil, MailHosting.forwarding), ("mx.unheard-of.example", .forwarding), ("smtp.google.com", .hosted),
    ])
    func aListedForwarderHasNoMailboxes(exchanger: String?, hosting: MailHosting) throws {
        let catalog = try RepositoryCatalog.catalog()
        let service = try #require(
            catalog.profiles.first { $0.kind == .forwarding && !$0.domains.isEmpty && $0.mxPatterns.isEmpty })
        let domain = try DomainName(try #require(service.domains.first { !$0.includesSubdomains }).name)
        var facts = DetectionFacts(domain: domain)
        facts.domainProfile = service
        if let exchanger {
            let outcome = DNSOutcome.records([.mx(preference: 1, exchange: exchanger)])
            let response = DNSResponse(name: domain.description, type: .mx, outcome: outcome, duration: .zero)
            let reading = MXAnalysis(response, listed: service, catalog: catalog)
            facts.mx = reading
            facts.ledger = reading.evidence(catalog.weights)
        }
        let verdict = ProviderScorer(facts, catalog: catalog).verdict
        #expect(verdict.provider.hosting == hosting)
        #expect((verdict.provider.id == service.id) == (hosting == .forwarding))
        #expect(hosting == .hosted || verdict.inboxType == nil)
    }

    private func weigh(_ outcome: DNSOutcome) throws -> DetectionVerdict {
        var facts = DetectionFacts(domain: try DomainName("example.com"))
        let response = DNSResponse(name: "example.com", type: .mx, outcome: outcome, duration: .zero)
        let catalog = try RepositoryCatalog.catalog()
        let reading = MXAnalysis(response, catalog: catalog)
        facts.mx = reading
        facts.ledger = reading.evidence(catalog.weights)
        return ProviderScorer(
            facts, catalog: try RepositoryCatalog.catalog()
        ).verdict
    }
}
