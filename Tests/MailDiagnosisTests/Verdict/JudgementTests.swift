import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

@Suite("The verdict")
struct JudgementTests {
    private func finding(_ severity: Severity, _ retry: RetryAdvice) -> Finding {
        Finding(
            id: .unknownReply, severity: severity, confidence: 1, service: nil, stage: nil, summary: "s", detail: "d",
            evidence: ["x"], remedy: Remedy(who: .user, steps: ["s"]), retry: retry)
    }

    @Test func readyNeedsBothLogins() {
        #expect(Judgement.verdict(findings: [], observations: Samples.accepted) == .ready)
        #expect(Judgement.verdict(findings: [], observations: [Samples.accepted[0]]) == .cannotTell)
        #expect(Judgement.verdict(findings: [], observations: [Samples.accepted[1]]) == .cannotTell)
        #expect(Judgement.verdict(findings: [], observations: []) == .cannotTell)
    }

    @Test func aSkippedLoginIsNoPass() {
        var skipped = Samples.accepted[1]
        skipped.outcome = .skipped(.passwordNotGiven)
        #expect(Judgement.verdict(findings: [], observations: [Samples.accepted[0], skipped]) == .cannotTell)
    }

    @Test func whatSomebodyMustDoOutweighsWhatMayPass() {
        let (must, may) = (finding(.error, .no), finding(.error, .afterSeconds(60)))
        #expect(Judgement.verdict(findings: [may, must], observations: Samples.accepted) == .actionNeeded)
        #expect(Judgement.verdict(findings: [may], observations: Samples.accepted) == .cannotTell)
    }

    @Test func warningsAndHintsDoNotBlock() {
        let (warning, info) = (finding(.warning, .no), finding(.info, .no))
        #expect(Judgement.verdict(findings: [info], observations: Samples.accepted) == .ready)
        #expect(Judgement.verdict(findings: [warning], observations: Samples.accepted) == .readyWithWarnings)
    }

    /// A login passed when the outcome and the server's own word say so; one alone is no proof.
    @Test(arguments: [
        (CheckOutcome.observed, ServerReply(code: 235, text: ServerText("in")), true),
        (.observed, ServerReply(code: 250, text: ServerText("fine")), false),
        (.observed, ServerReply(code: 334, text: ServerText("")), false),
        (.observed, ServerReply(code: 535, text: ServerText("no")), false),
        (.failed(.closed(reset: true, lastWords: nil)), ServerReply(code: 235, text: ServerText("in")), false),
    ])
    func aLoginIsAcceptedByItsOwnFacts(_ outcome: CheckOutcome, _ reply: ServerReply, _ isAccepted: Bool) {
        var login = Samples.login(Samples.smtp, reply)
        login.outcome = outcome
        #expect(Judgement.isLoginAccepted(.smtp, in: [login]) == isAccepted)
        #expect(!Judgement.isLoginAccepted(.imap, in: [login]))
    }

    @Test(arguments: [("OK", true), ("NO", false), ("BAD", false), ("BYE", false), ("PREAUTH", false)])
    func imapAcceptsByATaggedOK(_ status: String, _ isAccepted: Bool) {
        let facts = LoginFacts(
            mechanism: "LOGIN", username: "jane", reply: ServerReply(status: status, text: ServerText("x")))
        #expect(facts.isAccepted == isAccepted)
    }

    /// A run that was cancelled brings nothing home, or skipped checks: nobody is blamed for it.
    @Test func whatWasNotDoneMakesNoFinding() throws {
        let skipped = MailService.allCases.map { service in
            Observation(
                id: .connect(service), stage: .connect,
                endpoint: service == .smtp ? Samples.smtp : Samples.imap, outcome: .skipped(.loginNotWanted))
        }
        for observations in [[], skipped] {
            let judgement = Judgement.of(
                JudgedFacts(observations: observations), catalogue: try RepositoryCatalog.catalog(), now: Samples.noon)
            #expect(judgement.findings.isEmpty)
            #expect(judgement.verdict == .cannotTell)
            #expect(judgement.dailyLimit == nil)
        }
    }

    /// One judge: a live run, the same run saved, and the reply alone come to the same cause in the same words.
    @Test func aReplyIsJudgedAlikeWithAndWithoutItsSurroundings() throws {
        let catalogue = try RepositoryCatalog.catalog()
        let text = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
        let reply = Samples.smtpReply(535, "5.7.139", String(text.dropFirst(12)))
        let live = try #require(
            try Samples.findings([Samples.login(Samples.smtp, reply)], provider: Samples.provider("godaddy")).first)
        let pasted = try #require(Explainer(catalog: catalogue).explain(text).findings.first)
        #expect(live.id == pasted.id)
        #expect(live.summary == pasted.summary)
        #expect(live.serverText == pasted.serverText)
    }

    @Test func anUnknownReplyHasOneWordingEverywhere() throws {
        let catalogue = try RepositoryCatalog.catalog()
        let reply = Samples.smtpReply(599, nil, "the moon is in the wrong house")
        let live = try #require(try Samples.findings([Samples.login(Samples.smtp, reply)]).first)
        let pasted = try #require(
            Explainer(catalog: catalogue).explain("SMTP login failed: 599 the moon is in the wrong house").findings
                .first)
        guard pasted.id == .unknownReply else { return }
        #expect(live.detail == pasted.detail)
        #expect(live.remedy == pasted.remedy)
    }
}
