import MailConnect
import MailModel
import Testing

@Suite("One login for a server and credential in a run")
struct RunLoginGuardTests {
    private static let secret = Credential.password(Secret("s3cret"))

    private func login(
        _ host: String, _ port: Int, _ service: MailService = .smtp, as username: String = "jane",
        with credential: Credential = secret
    ) -> LoginAttempt {
        LoginAttempt(
            endpoint: Endpoint(service: service, host: host, port: port, security: .tls), username: username,
            credential: credential)
    }

    @Test func theSecondIsRefused() async {
        let guardian = RunLoginGuard()
        #expect(await guardian.permission(for: login("a.test", 587)) == .granted)
        #expect(await guardian.permission(for: login("a.test", 587)) == .refused(.triedBefore))
        #expect(await guardian.permission(for: login("A.test", 465)) == .refused(.triedBefore))
    }

    @Test func anotherSideHostUserOrSecretIsAnotherLogin() async {
        let guardian = RunLoginGuard()
        let others = [
            login("a.test", 587), login("a.test", 993, .imap), login("b.test", 587), login("a.test", 587, as: "joe"),
            login("a.test", 587, with: .password(Secret("other"))),
        ]
        for other in others { #expect(await guardian.permission(for: other) == .granted) }
    }
}
