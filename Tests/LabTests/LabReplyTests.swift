import MailTestSupport
import Testing

/// What the servers say when something is wrong with an account.
@Suite(.lab) struct LabReplyTests {
    @Test func wrongPassword() async throws {
        let user = try await Lab.shared().users.ready(at: "customer.test")
        let wrong = LabDialogue.authPlain(user, password: "no")
        #expect(try await LabDialogue(host: "smtp.gmail.com").say(["EHLO lab.test", wrong]).contains("\n535 5.7.8"))
        let imap = try await LabDialogue(host: "imap.gmail.com", port: 993, startTLS: nil)
            .say(["a LOGIN \(user.address) no"])
        #expect(imap.contains("\na NO [AUTHENTICATIONFAILED]"))
    }

    /// Postfix cannot tell a disabled account from a wrong password, Dovecot's own servers can.
    @Test func disabledAccount() async throws {
        let user = try await Lab.shared().users.disabled(at: "hoster.test")
        let lines = ["EHLO lab.test", LabDialogue.authPlain(user)]
        #expect(try await LabDialogue(host: "mail.hoster.test").say(lines).contains("\n525 5.7.13"))
        #expect(try await LabDialogue(host: "smtp.gmail.com").say(lines).contains("\n535 5.7.8"))
        let imap = try await LabDialogue(host: "mail.hoster.test", port: 143, startTLS: "imap")
            .say(["a LOGIN \(user.address) \(user.password)"])
        #expect(imap.contains("\na NO [CONTACTADMIN]"))
    }

    @Test(arguments: [false, true]) func token(isExpired: Bool) async throws {
        let lab = try await Lab.shared()
        let user = lab.users.ready(at: "tenant.test")
        let token = try await lab.token(for: user, isExpired: isExpired)
        let bearer = LabDialogue.bearer(user, token)
        let smtp = try await LabDialogue(host: "smtp.office365.com")
            .say(["EHLO lab.test", "AUTH XOAUTH2 \(bearer)"] + (isExpired ? [""] : []))
        #expect(smtp.contains("\n235 ") != isExpired)
        #expect(smtp.contains("\n535 ") == isExpired)
        let imap = try await LabDialogue(host: "outlook.office365.com", port: 993, startTLS: nil)
            .say(["a AUTHENTICATE XOAUTH2 \(bearer)"] + (isExpired ? [""] : []))
        #expect(imap.contains("\na OK") != isExpired)
        #expect(imap.contains("\na NO") == isExpired)
    }

    @Test func tokenOfSomebodyElse() async throws {
        let lab = try await Lab.shared()
        let token = try await lab.token(for: lab.users.ready(at: "plain.test"))
        let bearer = LabDialogue.bearer(lab.users.ready(at: "tenant.test"), token)
        let smtp = try await LabDialogue(host: "smtp.office365.com")
            .say(["EHLO lab.test", "AUTH XOAUTH2 \(bearer)", ""])
        #expect(!smtp.contains("\n235 "))
    }

    @Test func mailboxesHaveTheirSpecialUse() async throws {
        let user = try await Lab.shared().users.ready(at: "plain.test")
        let listed = try await LabDialogue(host: "imap.plain.test", port: 993, startTLS: nil)
            .say(["a LOGIN \(user.address) \(user.password)", "b LIST \"\" *"])
        #expect(listed.contains("\\Sent"))
        #expect(listed.contains("\nb OK"))
    }
}
