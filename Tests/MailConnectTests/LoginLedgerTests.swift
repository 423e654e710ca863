import MailModel
import Testing

@testable import MailConnect

@Suite("One login for a server and credential in a run")
struct LoginLedgerTests {
    private func endpoint(_ host: String, _ port: Int, _ service: MailService = .smtp) -> Endpoint {
        Endpoint(service: service, host: host, port: port, security: .tls)
    }

    @Test func theSecondIsRefused() async {
        let ledger = LoginLedger()
        let credential = Credential.password(Secret("s3cret"))
        #expect(await ledger.permit(endpoint("a.test", 587), username: "jane", credential: credential))
        #expect(await !ledger.permit(endpoint("a.test", 587), username: "jane", credential: credential))
        #expect(await !ledger.permit(endpoint("A.test", 465), username: "jane", credential: credential))
    }

    @Test func anotherSideHostUserOrSecretIsAnotherLogin() async {
        let ledger = LoginLedger()
        let credential = Credential.password(Secret("s3cret"))
        #expect(await ledger.permit(endpoint("a.test", 587), username: "jane", credential: credential))
        #expect(await ledger.permit(endpoint("a.test", 993, .imap), username: "jane", credential: credential))
        #expect(await ledger.permit(endpoint("b.test", 587), username: "jane", credential: credential))
        #expect(await ledger.permit(endpoint("a.test", 587), username: "joe", credential: credential))
        let other = Credential.password(Secret("other"))
        #expect(await ledger.permit(endpoint("a.test", 587), username: "jane", credential: other))
    }
}
