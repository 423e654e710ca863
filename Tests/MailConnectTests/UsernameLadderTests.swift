import MailConnect
import MailDiagnosis
import MailLoopback
import MailModel
import ProviderCatalog
import Testing

/// Other forms of the user name, tried only when asked for.
@Suite("The ladder of user names")
struct UsernameLadderTests {
    private static let password = "Tr0mbone-in-the-attic"
    private static let host = "mail.small.test"

    /// Both sides know one user name; the replies to the rest can be chosen.
    private func run(_ username: String, asked: Bool, refusal: String? = nil) async throws -> (Diagnosis, [Int]) {
        nonisolated(unsafe) var peers: [MailPeer] = []
        let internet = try await SmallInternet(
            sites: { authority in
                let certificate = try authority.issue(CertificateRequest(names: [Self.host]))
                return [(MailService.smtp, 465), (.imap, 993)].map { service, port in
                    let user = MailBehaviourUser(username: username, password: Self.password)
                    var behaviour = MailBehaviour(service, users: [user])
                    if let refusal {
                        behaviour.replies["refused"] = [service == .smtp ? "535 \(refusal)" : "NO \(refusal)"]
                    }
                    let peer = MailPeer(behaviour, tls: PeerTLS(certificate, isImplicit: true))
                    peers.append(peer)
                    return LoopbackSite(host: Self.host, port: port, peer: peer)
                }
            }, zone: ["small.test MX 10 \(Self.host)"])
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password) {
            $0.smtpEndpoint = Endpoint(service: .smtp, host: Self.host, port: 465, security: .tls)
            $0.imapEndpoint = Endpoint(service: .imap, host: Self.host, port: 993, security: .tls)
            $0.triesUsernames = asked
        }
        await internet.stop()
        return (diagnosis, peers.map { $0.record.logins.count })
    }

    @Test func withoutBeingAskedOneIsTried() async throws {
        let (diagnosis, logins) = try await run("jane", asked: false)
        #expect(logins == [1, 1])
        #expect(diagnosis.verdict == .actionNeeded)
    }

    @Test func theLocalPartIsFound() async throws {
        let (diagnosis, logins) = try await run("jane", asked: true)
        #expect(logins == [2, 2])
        #expect(diagnosis.verdict == .readyWithWarnings, "\(diagnosis.told)")
        #expect(diagnosis.told == ["smtp auth username_form", "imap auth username_form"])
        #expect(diagnosis.settings?.smtpUsername == "jane")
        #expect(diagnosis.settings?.imapUsername == "jane")
    }

    @Test func itEnds() async throws {
        let (diagnosis, logins) = try await run("somebody-else", asked: true)
        #expect(logins == [2, 2])
        #expect(diagnosis.told.contains("smtp auth bad_credentials"))
    }

    @Test func signsOfLockingStopIt() async throws {
        let (_, logins) = try await run(
            "jane", asked: true, refusal: "[UNAVAILABLE] Too many login attempts, try again later")
        #expect(logins == [1, 1])
    }

    @Test func forms() throws {
        let address = try EmailAddress("jane@small.test")
        #expect(UsernameLadder.forms(address, provider: nil, without: "jane@small.test") == ["jane"])
        #expect(UsernameLadder.forms(address, provider: .localPart, without: "J") == ["jane", "jane@small.test"])
        #expect(UsernameLadder.forms(address, provider: .given, without: "jane") == ["jane@small.test"])
    }
}
