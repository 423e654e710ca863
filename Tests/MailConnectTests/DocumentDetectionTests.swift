import MailConnect
import MailModel
import MailNetwork
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("Settings that somebody publishes")
struct DocumentDetectionTests {
    /// A settings file in Mozilla's format.
    static func file(imap: String, smtp: [(String, Int, String)], username: String = "%EMAILADDRESS%") -> String {
        let outgoing = smtp.map { host, port, socket in
            """
            <outgoingServer type="smtp"><hostname>\(host)</hostname><port>\(port)</port>
            <socketType>\(socket)</socketType><username>\(username)</username>
            <authentication>password-cleartext</authentication></outgoingServer>
            """
        }
        return """
            <clientConfig version="1.1"><emailProvider id="x"><incomingServer type="imap"><hostname>\(imap)</hostname>
            <port>993</port><socketType>SSL</socketType><username>\(username)</username>
            <authentication>password-cleartext</authentication></incomingServer>\(outgoing.joined())
            </emailProvider></clientConfig>
            """
    }

    private static let plain = file(
        imap: "imap.host.test", smtp: [("smtp.host.test", 465, "SSL"), ("smtp.host.test", 587, "STARTTLS")])

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var zone: [String] = []
        var plays: [String: ScriptedWeb.Play]
        var source: Evidence.Source?
        var smtp = "smtp.host.test:465/tls"
    }

    static let rows = [
        Row(
            testDescription: "autoconfig, its own order kept",
            plays: ["https://autoconfig.d.test/mail/config-v1.1.xml": .answer(plain)], source: .autoconfig),
        Row(
            testDescription: "the well-known place",
            plays: [
                "https://autoconfig.d.test/mail/config-v1.1.xml": .status(404),
                "https://d.test/.well-known/autoconfig/mail/config-v1.1.xml": .answer(plain),
            ], source: .autoconfig),
        Row(
            testDescription: "unencrypted servers are left out",
            plays: [
                "https://autoconfig.d.test/mail/config-v1.1.xml": .answer(
                    file(
                        imap: "imap.host.test", smtp: [("a.host.test", 25, "plain"), ("b.host.test", 587, "STARTTLS")])
                )
            ], source: .autoconfig, smtp: "b.host.test:587/starttls"),
        Row(
            testDescription: "the public database, by the domain",
            plays: ["https://autoconfig.thunderbird.net/v1.1/d.test": .answer(plain)], source: .ispdb),
        Row(
            testDescription: "the public database, by the exchanger's registrable domain",
            zone: ["d.test MX 10 mx1.in.hoster.co.uk"],
            plays: ["https://autoconfig.thunderbird.net/v1.1/hoster.co.uk": .answer(plain)], source: .ispdb),
        Row(
            testDescription: "a TXT record with a URL", zone: ["d.test TXT mailconf=https://www.d.test/mail.xml"],
            plays: ["https://www.d.test/mail.xml": .answer(plain)], source: .mailconf),
        Row(
            testDescription: "the domain's own file before the public database",
            plays: [
                "https://autoconfig.thunderbird.net/v1.1/d.test": .answer(
                    file(imap: "imap.other.test", smtp: [("smtp.other.test", 465, "SSL")])),
                "https://autoconfig.d.test/mail/config-v1.1.xml": .answer(plain),
            ], source: .autoconfig),
        Row(
            testDescription: "a page of HTML",
            plays: [
                "https://autoconfig.d.test/mail/config-v1.1.xml": .answer(
                    "<!DOCTYPE html><html><body>Hello</body></html>")
            ], source: nil),
        Row(
            testDescription: "an entity bomb",
            plays: [
                "https://autoconfig.d.test/mail/config-v1.1.xml": .answer(
                    "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><clientConfig>&b;</clientConfig>")
            ], source: nil),
        Row(
            testDescription: "a wrong certificate",
            plays: ["https://autoconfig.d.test/mail/config-v1.1.xml": .failure(.tls)], source: nil),
        Row(
            testDescription: "too large, with the database answering",
            plays: [
                "https://autoconfig.d.test/mail/config-v1.1.xml": .failure(.tooLarge),
                "https://autoconfig.thunderbird.net/v1.1/d.test": .answer(plain),
            ], source: .ispdb),
        Row(
            testDescription: "one that never answers beside one that does",
            plays: [
                "https://autoconfig.d.test/mail/config-v1.1.xml": .silence,
                "https://autoconfig.thunderbird.net/v1.1/d.test": .answer(plain),
            ], source: .ispdb),
    ]

    @Test(arguments: rows) func isRead(_ row: Row) async throws {
        let web = ScriptedWeb(row.plays)
        let internet = try await SmallInternet(zone: ["d.test MX 10 mx.d.test"] + row.zone, web: web)
        let diagnosis = try await internet.engine.report(on: Account(address: try EmailAddress("jane@d.test")))
        await internet.stop()
        #expect(diagnosis.settings?.source == row.source)
        if row.source != nil { #expect(diagnosis.settings.map { "\($0.smtp)" } == row.smtp) }
        #expect(diagnosis.inboxType == .customSMTP)
        // The address itself goes nowhere.
        for request in web.requests {
            #expect(!request.url.contains("jane"))
            #expect(!String(decoding: request.body ?? [], as: UTF8.self).contains("jane"))
        }
    }

    @Test func aStaleFileIsDemotedAndSaidSo() async throws {
        let web = ScriptedWeb(["https://autoconfig.d.test/mail/config-v1.1.xml": .answer(Self.plain)])
        let internet = try await SmallInternet(zone: ["d.test MX 0 d-test.mail.protection.outlook.com"], web: web)
        let diagnosis = try await internet.engine.report(on: Account(domain: try DomainName("d.test")))
        await internet.stop()
        #expect(diagnosis.provider.id == "microsoft365")
        #expect(diagnosis.settings?.source == .catalogue)
        #expect(diagnosis.alternatives.contains { $0.source == .autoconfig })
        #expect(diagnosis.reason.contains("stale"))
        let line = diagnosis.evidence.first { $0.source == .autoconfig && $0.query.hasPrefix("GET ") }
        #expect(line?.outcome == .found && line?.weight == 0)
    }

    @Test func theCatalogueKnowsTheServersOfADocument() async throws {
        let file = Self.file(
            imap: "imap.fastmail.com",
            smtp: [("smtp.fastmail.com", 587, "STARTTLS"), ("smtp.fastmail.com", 465, "SSL")])
        let web = ScriptedWeb(["https://autoconfig.d.test/mail/config-v1.1.xml": .answer(file)])
        let internet = try await SmallInternet(zone: [], web: web)
        let diagnosis = try await internet.engine.report(on: Account(domain: try DomainName("d.test")))
        await internet.stop()
        #expect(diagnosis.provider.id == "fastmail")
        #expect(diagnosis.settings?.source == .autoconfig)
        #expect(diagnosis.settings.map { "\($0.smtp)" } == "smtp.fastmail.com:587/starttls")
    }

    @Test(arguments: [Reach.offline, .dnsOnly, .everything, .thirdParties])
    func nobodyLearnsMoreThanAllowed(_ reach: Reach) async throws {
        let realms = "https://login.microsoftonline.com/getuserrealm.srf?login=nobody%40d.test&json=1"
        let web = ScriptedWeb([
            realms: .answer(#"{"NameSpaceType": "Managed"}"#),
            "https://autoconfig.thunderbird.net/v1.1/d.test": .status(404),
        ])
        let internet = try await SmallInternet(zone: ["d.test MX 10 mx1.d.pphosted.com"], web: web)
        var request = Account(domain: try DomainName("d.test"))
        request.reach = reach
        let diagnosis = try await internet.engine.report(on: request)
        await internet.stop()
        #expect(web.requests.isEmpty == !reach.includesServers)
        #expect(web.requests.contains { $0.url == realms } == (reach == .thirdParties))
        #expect(diagnosis.disclosures.contains { $0.party.hasPrefix("login.") } == (reach == .thirdParties))
        #expect(diagnosis.disclosures.isEmpty == (reach == .offline))
        #expect(diagnosis.evidence.contains { $0.source == .realm && $0.pointsTo != nil } == (reach == .thirdParties))
    }

    @Test func aSilentSourceIsSaidBesideAGuess() async throws {
        let web = ScriptedWeb(["https://autoconfig.d.test/mail/config-v1.1.xml": .silence])
        let internet = try await SmallInternet(zone: ["d.test MX 10 mx.d.test"], web: web)
        let diagnosis = try await internet.engine.report(on: Account(domain: try DomainName("d.test")))
        await internet.stop()
        #expect(diagnosis.evidence.contains { $0.source == .autoconfig && $0.outcome == .timedOut })
        #expect(diagnosis.evidence.contains { $0.source == .probe })
        #expect(diagnosis.reason.contains("Autoconfig gave no usable answer"))
        #expect(diagnosis.duration < .seconds(8))
    }
}
