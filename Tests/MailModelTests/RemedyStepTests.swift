import MailModel
import Testing

@Suite("Steps of remedies")
struct RemedyStepTests {
    private static let endpoint = Endpoint(service: .smtp, host: "smtp.example.com", port: 465, security: .tls)

    static let all: [RemedyStep] = [
        .text("Do it."), .useEndpoint(endpoint, []), .nameEndpoint(.imap), .useUsername(.smtp, "jane"), .useFullAddress,
        .givePassword, .useAccessToken(nil), .connectByOAuth, .giveMoreTime(seconds: nil), .useResolver,
        .trustCertificate, .chooseProvider, .runAgain, .checkLogins, .showDialogue, .register, .acceptWarnings,
        .insistOnLimit, .registerAgain, .tellMailboxAge, .tellMailboxStage(orSent: nil), .tellContractAge,
        .setDailyLimit,
    ]

    @Test(arguments: all) func areWholeSentencesWithoutOptions(_ step: RemedyStep) {
        #expect(step.text.hasSuffix(".") && step.text.first?.isUppercase == true)
        #expect(!step.text.contains("--"))
    }

    @Test func haveKindsOfTheirOwn() { #expect(Set(Self.all.map(\.kind)).count == Self.all.count) }

    static let notes: [(Set<EndpointNote>, String)] = [
        ([], "Use TLS on port 465 of smtp.example.com."),
        ([.untried], "Try TLS on port 465 of smtp.example.com."),
        ([.loginPassed], "Use TLS on port 465 of smtp.example.com: the login passed there."),
        (
            [.answers, .otherFamily],
            "Use TLS on port 465 of smtp.example.com over the other IP family: it answers as it should."
        ),
    ]

    @Test(arguments: notes)
    func sayWhatSpeaksForAnEndpoint(_ notes: Set<EndpointNote>, _ words: String) {
        #expect(RemedyStep.useEndpoint(Self.endpoint, notes).text == words)
    }

    @Test(arguments: [
        ("use_full_address", RemedyStep.useFullAddress), ("connect_by_oauth", .connectByOAuth),
        ("Use it.", .text("Use it.")), ("use_endpoint", .text("use_endpoint")),
    ])
    func areReadFromTheCatalogue(_ text: String, _ step: RemedyStep) { #expect(RemedyStep(catalogue: text) == step) }

    @Test func aUserNameIsMadeSafe() {
        #expect(!RemedyStep.useUsername(nil, "jane\u{1B}[2J").text.contains("\u{1B}"))
    }
}
