import MailModel
import MailRegistration
import Testing

@Suite struct RegistrationPolicyTests {
    /// One thing that is not as it must be.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let code: RegistrationDenial.Code
        var service: MailService?
        var verdict = Verdict.ready
        var inboxType: InboxType? = .customSMTP
        var observations: [Observation] = TestAccount().observations
        var credentials: [MailService: Credential] = TestAccount().credentials

        var testDescription: String { name }
    }

    private static let account = TestAccount()
    private static let no = ServerReply(code: 535, text: ServerText("no"))
    private static let taggedNo = ServerReply(status: "NO", text: ServerText("no"))

    /// The SMTP login with one thing changed, and the IMAP login as it must be.
    private static func smtp(_ outcome: CheckOutcome, facts: CheckFacts? = nil) -> [Observation] {
        let observation = Observation(
            id: .auth(.smtp), stage: .auth, endpoint: account.smtp, outcome: outcome, facts: facts)
        return [observation, account.observations[1]]
    }

    private static let denied: [Case] = [
        Case(name: "action needed", code: .notReady, verdict: .actionNeeded),
        Case(name: "cannot tell", code: .notReady, verdict: .cannotTell),
        Case(name: "no inbox type", code: .inboxTypeUnknown, inboxType: nil),
        Case(name: "no observations", code: .loginNotProved, service: .smtp, observations: []),
        Case(name: "no IMAP", code: .loginNotProved, service: .imap, observations: [account.observations[0]]),
        Case(name: "no SMTP", code: .loginNotProved, service: .smtp, observations: [account.observations[1]]),
        Case(
            name: "SMTP login refused", code: .loginNotProved, service: .smtp,
            observations: smtp(.failed(.rejected(no)))),
        Case(
            name: "SMTP login blocked", code: .loginNotProved, service: .smtp,
            observations: smtp(.blocked(by: .tls(.smtp)))),
        Case(
            name: "SMTP login skipped", code: .loginNotProved, service: .smtp,
            observations: smtp(.skipped(.passwordNotGiven))),
        Case(name: "SMTP login broke", code: .loginNotProved, service: .smtp, observations: smtp(.broke("bug"))),
        Case(name: "observed without facts", code: .loginNotProved, service: .smtp, observations: smtp(.observed)),
        Case(
            name: "observed with other facts", code: .loginNotProved, service: .smtp,
            observations: smtp(.observed, facts: .capabilities(CapabilityFacts()))),
        Case(
            name: "observed, but the reply says no", code: .loginNotProved, service: .smtp,
            observations: [account.login(at: account.smtp, username: "jane", reply: no), account.observations[1]]),
        Case(
            name: "facts of a login that failed", code: .loginNotProved, service: .smtp,
            observations: [
                account.login(
                    at: account.smtp, username: "jane", reply: no, outcome: .failed(.rejected(no))),
                account.observations[1],
            ]),
        Case(
            name: "IMAP says NO", code: .loginNotProved, service: .imap,
            observations: [
                account.observations[0], account.login(at: account.imap, username: "jane", reply: taggedNo),
            ]),
        Case(
            name: "the SMTP login twice", code: .loginNotProved, service: .imap,
            observations: [account.observations[0], account.observations[0]]),
        Case(
            name: "token for both", code: .accessToken, service: .smtp,
            credentials: [.smtp: .accessToken(Secret("token")), .imap: .accessToken(Secret("token"))]),
        Case(
            name: "token for IMAP", code: .accessToken, service: .imap,
            credentials: [.smtp: .password(Secret("password")), .imap: .accessToken(Secret("token"))]),
        Case(name: "no credential", code: .passwordMissing, service: .smtp, credentials: [:]),
        Case(
            name: "no IMAP password", code: .passwordMissing, service: .imap,
            credentials: [.smtp: .password(Secret("password"))]),
    ]

    @Test(arguments: denied) func noPermit(_ wrong: Case) {
        let decision = RegistrationPolicy().decide(
            verdict: wrong.verdict, observations: wrong.observations, inboxType: wrong.inboxType,
            credentials: wrong.credentials)
        guard case .denied(let denial) = decision else {
            Issue.record("allowed: \(wrong.name)")
            return
        }
        #expect(denial.code == wrong.code)
        #expect(denial.service == wrong.service)
        #expect(!denial.description.isEmpty)
    }

    @Test(arguments: [Verdict.ready, .readyWithWarnings], InboxType.allCases)
    func permit(verdict: Verdict, inboxType: InboxType) throws {
        var account = TestAccount()
        account.inboxType = inboxType
        let decision = RegistrationPolicy(acceptsWarnings: verdict == .readyWithWarnings).decide(
            verdict: verdict, observations: account.observations, inboxType: inboxType,
            credentials: account.credentials)
        guard case .allowed(let permit) = decision else {
            Issue.record("denied")
            return
        }
        #expect(permit.covers(try account.request()))
    }

    @Test func warningsMustBeAccepted() {
        let account = TestAccount()
        let decision = RegistrationPolicy().decide(
            verdict: .readyWithWarnings, observations: account.observations, inboxType: .customSMTP,
            credentials: account.credentials)
        guard case .denied(let denial) = decision else {
            Issue.record("allowed")
            return
        }
        #expect(denial.code == .warningsNotAccepted)
        #expect(denial.step == .acceptWarnings)
    }

    @Test(arguments: [Verdict.actionNeeded, .cannotTell, .ready])
    func whereIMAPTakesNoPasswordTheWayOutIsNamed(verdict: Verdict) {
        let account = TestAccount()
        let decision = RegistrationPolicy(acceptsWarnings: true).decide(
            verdict: verdict, observations: [account.observations[0]], inboxType: .outlook365,
            credentials: account.credentials, imapTakesPasswords: false)
        guard case .denied(let denial) = decision else {
            Issue.record("allowed")
            return
        }
        #expect(denial.code == .imapTakesNoPassword && denial.service == .imap)
        #expect(denial.description.contains("OAuth"))
    }

    /// What was seen in this run counts more than what the catalogue says.
    @Test func anAcceptedIMAPLoginOutweighsTheCatalogue() throws {
        var account = TestAccount()
        account.inboxType = .outlook365
        let decision = RegistrationPolicy().decide(
            verdict: .ready, observations: account.observations, inboxType: .outlook365,
            credentials: account.credentials, imapTakesPasswords: false)
        guard case .allowed(let permit) = decision else {
            Issue.record("denied")
            return
        }
        #expect(permit.covers(try account.request()))
    }

    @Test func aFailedCandidateBeforeTheAcceptedOneDoesNotMatter() throws {
        let account = TestAccount()
        var other = account.smtp
        other.port = 465
        other.security = .tls
        let failed = account.login(at: other, username: "x", reply: Self.no, outcome: .failed(.rejected(Self.no)))
        let decision = RegistrationPolicy().decide(
            verdict: .ready, observations: [failed] + account.observations, inboxType: .customSMTP,
            credentials: account.credentials)
        guard case .allowed(let permit) = decision else {
            Issue.record("denied")
            return
        }
        #expect(permit.covers(try account.request()))
        var elsewhere = account
        elsewhere.smtp = other
        #expect(!permit.covers(try elsewhere.request()))
    }

    @Test func aPermitCoversNothingButWhatWasProved() async throws {
        let proved = TestAccount()
        let changes: [(inout TestAccount) -> Void] = [
            { $0.smtpPassword = "another" }, { $0.imapPassword = "another" },
            { $0.smtpUsername = "another" }, { $0.imapUsername = "another" },
            { $0.smtp.host = "other.example.com" }, { $0.imap.port = 1993 },
            { $0.imap.security = .starttls }, { $0.inboxType = .outlook365 },
        ]
        for change in changes {
            var other = proved
            change(&other)
            let http = RecordingHTTP(201, "{}")
            let outcome = try await proved.client(http).register(other.request(), permit: proved.permit())
            #expect(outcome.status == .notAttempted)
            #expect(outcome.obstacle == .notPermitted)
            #expect(await http.requests.isEmpty)
        }
    }
}
