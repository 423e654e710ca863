import MailConnect
import MailLoopback
import MailModel
import Testing

@Suite("The doctor in the small internet of the demonstration")
struct DemonstrationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var address: String
        var verdict: Verdict
        var inboxType: InboxType?
        var told: Set<String>
        var testDescription: String { address }
    }

    static let rows = [
        Row(address: "anna@harbour-books.test", verdict: .ready, inboxType: .googleWorkspace, told: []),
        Row(
            address: "ben@harbour-books.test", verdict: .actionNeeded, inboxType: .googleWorkspace,
            told: ["smtp auth app_password_required", "imap auth app_password_required"]),
        Row(
            address: "carl@northwind-tools.test", verdict: .actionNeeded, inboxType: .outlook365,
            told: ["smtp auth smtp_auth_disabled_tenant", "imap auth oauth_required"]),
        Row(address: "dora@cedar-studio.test", verdict: .ready, inboxType: .customSMTP, told: []),
        Row(
            address: "emil@cedar-studio.test", verdict: .actionNeeded, inboxType: .customSMTP,
            told: ["smtp auth bad_credentials", "imap auth bad_credentials"]),
        Row(
            address: "fay@old-mill.test", verdict: .actionNeeded, inboxType: .customSMTP,
            told: ["imap tls cert_expired"]),
        Row(
            address: "gus@quiet-bay.test", verdict: .actionNeeded, inboxType: .customSMTP,
            told: ["smtp tls starttls_stripped"]),
        Row(address: "ivo@parked.test", verdict: .actionNeeded, inboxType: nil, told: ["- dns no_mail_for_domain"]),
        Row(address: "jo@forward-me.test", verdict: .actionNeeded, inboxType: nil, told: ["- dns forwarding_only"]),
    ]

    @Test func everyAccountGetsItsVerdict() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        for row in Self.rows {
            let account = try #require(accounts.first { $0.address == row.address })
            let diagnosis = try await internet.diagnose(row.address, password: account.password)
            #expect(diagnosis.verdict == row.verdict, "\(row.address)")
            #expect(diagnosis.inboxType == row.inboxType, "\(row.address)")
            #expect(Set(diagnosis.told) == row.told, "\(row.address)")
        }
        await internet.stop()
    }

    @Test func injectedWordsAreToldAndNotBelieved() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try #require(accounts.first { $0.address == "hana@hostile.test" })
        let diagnosis = try await internet.diagnose(account.address, password: account.password)
        #expect(diagnosis.findings.contains { $0.id == .plaintextInjection })
        #expect(!diagnosis.verdict.isReady)
        let shown = diagnosis.findings.compactMap(\.serverText) + diagnosis.transcript.map(\.text)
        #expect(shown.allSatisfy { text in text.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
        await internet.stop()
    }

    @Test func withoutAPasswordEverythingButTheLoginsIsChecked() async throws {
        let (internet, _) = try await SmallInternet.ofTheDemonstration()
        let diagnosis = try await internet.diagnose("anna@harbour-books.test", password: nil)
        #expect(diagnosis.verdict == .cannotTell)
        #expect(diagnosis.outcome("smtp.capabilities") == .observed)
        #expect(diagnosis.outcome("imap.tls") == .observed)
        #expect(diagnosis.outcome("smtp.auth") == .skipped(.passwordNotGiven))
        #expect(diagnosis.findings.map(\.id) == [.passwordNotGiven])
        await internet.stop()
    }

    @Test func aBadCertificateBlocksTheLogin() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try #require(accounts.first { $0.address == "fay@old-mill.test" })
        let diagnosis = try await internet.diagnose(account.address, password: account.password)
        #expect(diagnosis.outcome("imap.auth") == .blocked(by: CheckID.tls(.imap)))
        let said = diagnosis.transcript.filter { $0.endpoint.service == .imap && $0.direction == .client }
        #expect(!said.contains { $0.text.contains("LOGIN") || $0.text.contains("AUTHENTICATE") })
        await internet.stop()
    }

    @Test func serversThatTheUserNamesNeedNoExchangers() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try #require(accounts.first { $0.address == "dora@cedar-studio.test" })
        let host = "mail.cedar-studio.test"
        let diagnosis = try await internet.diagnose("dora@absent.test", password: account.password) { request in
            request.smtpEndpoint = Endpoint(service: .smtp, host: host, port: 587, security: .starttls)
            request.imapEndpoint = Endpoint(service: .imap, host: host, port: 993, security: .tls)
            request.smtpUsername = account.address
            request.imapUsername = account.address
        }
        #expect(diagnosis.verdict == .readyWithWarnings)
        #expect(diagnosis.findings.map(\.id) == [.noMailForDomain])
        #expect(diagnosis.settings?.source == .user)
        #expect(diagnosis.inboxType == .customSMTP)
        await internet.stop()
    }

    @Test func theUsersOwnServersStandOverTheInference() async throws {
        let (internet, _) = try await SmallInternet.ofTheDemonstration()
        let diagnosis = try await internet.diagnose("anna@harbour-books.test", password: nil) { request in
            request.smtpEndpoint = Endpoint(
                service: .smtp, host: "mail.cedar-studio.test", port: 587, security: .starttls)
            request.smtpUsername = "somebody"
        }
        #expect(diagnosis.provider.id == "google_workspace")
        #expect(diagnosis.settings?.smtp.host == "mail.cedar-studio.test")
        #expect(diagnosis.settings?.smtpUsername == "somebody")
        #expect(diagnosis.settings?.imap.host == "imap.gmail.com")
        await internet.stop()
    }
}
