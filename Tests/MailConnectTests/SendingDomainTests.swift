import MailConnect
import MailLoopback
import MailModel
import MailNetwork
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

    private static let policyURL = "https://mta-sts.small.test/.well-known/mta-sts.txt"

    /// The run reaches servers; those of the mailbox are absent.
    private func transport(_ play: ScriptedWeb.Play, reach: Reach = .everything) async throws -> (
        Diagnosis, ScriptedWeb
    ) {
        let web = ScriptedWeb([Self.policyURL: play])
        let internet = try await SmallInternet(
            zone: [
                "small.test MX 10 mail.small.test", "_mta-sts.small.test TXT v=STSv1; id=1",
                "_smtp._tls.small.test TXT v=TLSRPTv1; rua=ftp:x",
            ], web: web)
        let diagnosis = try await internet.diagnose("jane@small.test", password: nil) {
            $0.reach = reach
            $0.smtpEndpoint = Endpoint(service: .smtp, host: "absent.small.test", port: 1, security: .starttls)
            $0.imapEndpoint = Endpoint(service: .imap, host: "absent.small.test", port: 1, security: .tls)
        }
        await internet.stop()
        return (diagnosis, web)
    }

    private func mtaSTS(_ diagnosis: Diagnosis) throws -> MTASTSFacts {
        guard case .mtaSTS(let facts)? = diagnosis.observations.first(where: { $0.id == .dnsMTASTS })?.facts else {
            throw Missing()
        }
        return facts
    }

    @Test func thePolicyLeavesAnExchangerOut() async throws {
        let policy = "version: STSv1\r\nmode: enforce\r\nmax_age: 86400\r\nmx: *.other.test\r\n"
        let (diagnosis, web) = try await transport(.plain(policy))
        let facts = try mtaSTS(diagnosis)
        #expect(facts.policy?.mode == .enforce)
        #expect(facts.uncovered == ["mail.small.test"])
        #expect(diagnosis.findings.first { $0.id == .mtaSTSInvalid }?.severity == .warning)
        #expect(diagnosis.findings.first { $0.id == .tlsRPTInvalid }?.severity == .info)
        #expect(diagnosis.disclosures.contains(Disclosure(party: "mta-sts.small.test", matter: .domain)))
        let request = web.requests.first { $0.url == Self.policyURL }
        #expect(request?.maximumRedirects == 0)
        #expect(request?.maximumResponseLength == 65_536)
    }

    @Test(arguments: [
        (ScriptedWeb.Play.status(301), MTASTSFacts.Problem.redirected), (.status(404), .badStatus),
        (.answer("version: STSv1\nmode: none\nmax_age: 1\n"), .badMediaType), (.failure(.tls), .notTrusted),
        (.failure(.connect), .notConnected), (.failure(.tooLarge), .tooLarge), (.plain(""), .badVersion),
    ])
    func thePolicyCannotBeHad(_ play: ScriptedWeb.Play, _ problem: MTASTSFacts.Problem) async throws {
        let (diagnosis, _) = try await transport(play)
        #expect(try mtaSTS(diagnosis).problem == problem)
        #expect(diagnosis.findings.contains { $0.id == .mtaSTSInvalid })
    }

    @Test func silenceOfThePolicyHostIsNoFault() async throws {
        let (diagnosis, _) = try await transport(.silence)
        #expect(try mtaSTS(diagnosis).problem == .noAnswer)
        #expect(!diagnosis.findings.contains { $0.id == .mtaSTSInvalid })
    }

    @Test func aRunThatMayNotReachServersFetchesNothing() async throws {
        let (diagnosis, web) = try await transport(.plain(""), reach: .dnsOnly)
        #expect(try mtaSTS(diagnosis).id == "1")
        #expect(try mtaSTS(diagnosis).policyHost == nil)
        #expect(web.requests.isEmpty)
        #expect(!diagnosis.findings.contains { $0.id == .mtaSTSInvalid })
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
