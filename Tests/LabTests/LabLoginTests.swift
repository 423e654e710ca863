import MailTestSupport
import Testing

/// Who can log in where. curl ends with 0 for a login that worked and with 67 for one that was refused.
@Suite(.lab) struct LabLoginTests {
    enum Person: CaseIterable {
        case ready, wrongPassword, smtpOnly, imapOnly, disabled, nobody

        func credentials(_ users: LabUsers, at domain: String) -> String {
            let user =
                switch self {
                case .ready, .wrongPassword, .nobody: users.ready(at: domain)
                case .smtpOnly: users.smtpOnly(at: domain)
                case .imapOnly: users.imapOnly(at: domain)
                case .disabled: users.disabled(at: domain)
                }
            return switch self {
            case .wrongPassword: "\(user.address):not-\(user.password)"
            case .nobody: "nobody@\(domain):\(user.password)"
            default: "\(user.address):\(user.password)"
            }
        }

        var worksForSMTP: Bool { self == .ready || self == .smtpOnly }
        var worksForIMAP: Bool { self == .ready || self == .imapOnly }
    }

    @Test(
        arguments: [
            ("smtp://smtp.gmail.com:587", "customer.test"), ("smtps://smtp.gmail.com:465", "gmail.com"),
            ("smtp://smtp.office365.com:587", "tenant.test"), ("smtp://mail.hoster.test:587", "hoster.test"),
            ("smtps://mail.hoster.test:465", "hoster.test"), ("smtps://smtp.plain.test:465", "plain.test"),
        ], Person.allCases)
    func smtp(server: (url: String, domain: String), person: Person) async throws {
        let status = try await curl(server.url, server.domain, person, ["--request", "NOOP"])
        #expect(status == (person.worksForSMTP ? 0 : 67))
    }

    @Test(
        arguments: [
            ("imaps://imap.gmail.com:993", "customer.test"), ("imaps://outlook.office365.com:993", "tenant.test"),
            ("imap://mail.hoster.test:143", "hoster.test"), ("imaps://mail.hoster.test:993", "hoster.test"),
            ("imaps://imap.plain.test:993", "plain.test"),
        ], Person.allCases)
    func imap(server: (url: String, domain: String), person: Person) async throws {
        let status = try await curl(server.url, server.domain, person, [])
        #expect(status == (person.worksForIMAP ? 0 : 67))
    }

    @Test(arguments: ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"]) func mechanism(name: String) async throws {
        let offered = try await LabDialogue(host: "smtp.gmail.com").say(["EHLO lab.test"])
        #expect(offered.split(separator: "\n").contains { $0.hasPrefix("250-AUTH") && $0.contains(" \(name)") })
    }

    @Test func numberedUsersAreDistinct() async throws {
        let lab = try await Lab.shared()
        let last = lab.users.numbered(lab.users.numberedCount)
        let own = try await LabDialogue(host: "mail.hoster.test").say(["EHLO lab.test", LabDialogue.authPlain(last)])
        #expect(own.contains("\n235 "))
        let other = LabDialogue.authPlain(last, password: lab.users.numbered(1).password)
        #expect(try await LabDialogue(host: "mail.hoster.test").say(["EHLO lab.test", other]).contains("\n535 5.7.8"))
    }

    private func curl(_ url: String, _ domain: String, _ person: Person, _ more: [String]) async throws -> Int32 {
        let lab = try await Lab.shared()
        let arguments = [
            "--silent", "--show-error", "--ssl-reqd", "--cacert", lab.caFile, "--login-options", "AUTH=PLAIN",
            "--user", person.credentials(lab.users, at: domain), url,
        ]
        return try await lab.client().run("curl", arguments + more).status
    }
}
