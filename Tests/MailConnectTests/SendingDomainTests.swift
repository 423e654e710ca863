import MailConnect
import MailLoopback
import MailModel
import Testing

/// What the DNS says of mail from the domain.
@Suite("The sending domain")
struct SendingDomainTests {
    private func facts(_ zone: [String], provider: String? = nil) async throws -> [String: CheckFacts] {
        let internet = try await SmallInternet(sites: { _ in [] }, zone: ["small.test MX 10 mail.small.test"] + zone)
        let diagnosis = try await internet.diagnose("jane@small.test", password: nil) {
            $0.reach = .dnsOnly
            $0.providerID = provider
            $0.smtpEndpoint = Endpoint(service: .smtp, host: "mail.small.test", port: 587, security: .starttls)
            $0.imapEndpoint = Endpoint(service: .imap, host: "mail.small.test", port: 993, security: .tls)
        }
        await internet.stop()
        let seen = diagnosis.observations.filter { $0.id.description.hasPrefix("dns.") }
        return Dictionary(
            uniqueKeysWithValues: seen.compactMap { entry in entry.facts.map { (entry.id.description, $0) } })
    }

    private func spf(_ zone: [String], provider: String? = nil) async throws -> SPFFacts {
        guard case .spf(let facts)? = try await facts(zone, provider: provider)["dns.spf"] else {
            throw Missing()
        }
        return facts
    }

    private struct Missing: Error {}

    @Test func includesAreFollowedAndCounted() async throws {
        let facts = try await spf([
            "small.test TXT v=spf1 mx include:a.small.test include:b.small.test -all",
            "a.small.test TXT v=spf1 include:c.small.test ip4:192.0.2.1 -all",
            "b.small.test TXT v=spf1 redirect=d.small.test", "c.small.test TXT v=spf1 a -all",
        ])
        #expect(facts.recordCount == 1)
        #expect(facts.lookupCount == 6)
        #expect(facts.includes == ["a.small.test", "b.small.test", "c.small.test", "d.small.test"])
        #expect(facts.unreadable == ["d.small.test"])
        #expect(facts.allQualifier == "-")
        #expect(facts.includesProvider == nil)
    }

    @Test func aLoopEnds() async throws {
        let facts = try await spf(["small.test TXT v=spf1 include:small.test -all"])
        #expect(facts.lookupCount == 1)
        #expect(facts.permanentError == SPFPermanentError(.loop, at: "small.test"))
    }

    @Test func namesThatAreNotThereCount() async throws {
        let facts = try await spf(["small.test TXT v=spf1 a:x.small.test mx:y.small.test exists:z.small.test -all"])
        #expect(facts.voidLookupCount == 3)
        #expect(facts.permanentError?.kind == .tooManyVoidLookups)
    }

    /// `small.test` is what somebody registered, as the list of public suffixes has it for names that it does not know.
    @Test func thePolicyOfTheOrganization() async throws {
        let internet = try await SmallInternet(zone: [
            "mail.small.test MX 10 mail.small.test", "_dmarc.small.test TXT v=DMARC1; p=reject; sp=quarantine",
        ])
        let diagnosis = try await internet.diagnose("jane@mail.small.test", password: nil) {
            $0.reach = .dnsOnly
            $0.smtpEndpoint = Endpoint(service: .smtp, host: "mail.small.test", port: 587, security: .starttls)
            $0.imapEndpoint = Endpoint(service: .imap, host: "mail.small.test", port: 993, security: .tls)
        }
        await internet.stop()
        guard case .dmarc(let facts)? = diagnosis.observations.first(where: { $0.id == .dnsDMARC })?.facts else {
            throw Missing()
        }
        #expect(facts.policy == "quarantine")
        #expect(facts.organizationalLookup?.name == "_dmarc.small.test")
        #expect(!diagnosis.findings.contains { $0.id == .dmarcMissing })
    }

    @Test func tooManyLookups() async throws {
        let zone = (0..<12).map { "n\($0).small.test TXT v=spf1 include:n\($0 + 1).small.test -all" }
        let facts = try await spf(["small.test TXT v=spf1 include:n0.small.test -all"] + zone)
        #expect(facts.lookupCount == 11)
    }

    @Test func twoRecords() async throws {
        #expect(try await spf(["small.test TXT v=spf1 -all", "small.test TXT v=spf1 mx -all"]).recordCount == 2)
    }

    @Test func theProvidersOwn() async throws {
        let zone = [
            "small.test TXT v=spf1 include:_spf.google.com ~all", "_spf.google.com TXT v=spf1 ip4:192.0.2.1 ~all",
            "google._domainkey.small.test TXT v=DKIM1; k=rsa; p=MIIB",
            "_dmarc.small.test TXT v=DMARC1; p=reject",
        ]
        let all = try await facts(zone, provider: "google_workspace")
        guard case .spf(let spf)? = all["dns.spf"], case .dmarc(let dmarc)? = all["dns.dmarc"],
            case .dkim(let dkim)? = all["dns.dkim"]
        else { throw Missing() }
        #expect(spf.includesProvider == true)
        #expect(dmarc.policy == "reject")
        #expect(dkim.selectors.contains { $0.name == "google" && $0.state == .key })
    }
}
