import MailModel
import ProviderCatalog
import Testing

/// What the signatures make of replies.
@Suite struct SignatureTests {
    static let ids = (try? CatalogFixture.catalog.get().signatures.signatures.map(\.id)) ?? []

    /// The providers whose accounts meet a signature; nil stands for an unknown one.
    static func contexts(of signature: Signature) -> [String?] {
        let known = signature.providers.map(Optional.some)
        return known.isEmpty || signature.context == .any ? known + [nil] : known
    }

    @Test(arguments: ids) func examplesAreMatchedFirst(id: String) throws {
        let base = try CatalogFixture.catalog.get().signatures
        let signature = try #require(base.signatures.first { $0.id == id })
        try #require(!signature.examples.isEmpty)
        for example in signature.examples {
            for provider in Self.contexts(of: signature) {
                let best = base.matches(
                    reply: example.reply, service: signature.service, stage: signature.stage, provider: provider
                ).first
                #expect(best?.signature.id == id, "\(example.text) at \(provider ?? "nobody")")
                #expect(best?.confidence == signature.confidence)
            }
        }
    }

    /// A text that is pasted without side, stage and provider is never answered by words that could be another's.
    @Test(arguments: ids) func noProviderTakesTheWordsOfAnother(id: String) throws {
        let base = try CatalogFixture.catalog.get().signatures
        let signature = try #require(base.signatures.first { $0.id == id })
        for example in signature.examples {
            for context in Self.contexts(of: signature) {
                let matches = base.matches(
                    reply: example.reply, service: signature.service, stage: signature.stage, provider: context)
                let foreign = matches.filter { match in
                    let providers = match.signature.providers
                    return !providers.isEmpty && !signature.providers.isEmpty
                        && Set(providers).isDisjoint(with: signature.providers)
                }
                #expect(foreign.map(\.signature.id) == [])
            }
        }
    }

    struct Reply: Sendable, CustomTestStringConvertible {
        var code: Int?
        var enhancedCode: String?
        var status: String?
        var responseCode: String?
        var text: String
        var provider: String?
        var stage: Stage? = .auth
        var finding: FindingID?
        var testDescription: String { [provider, text].compactMap { $0 }.joined(separator: ": ") }
    }

    /// One code, several causes: the words decide, and the provider decides what the same words mean.
    static let replies = [
        Reply(
            code: 535, enhancedCode: "5.7.139",
            text: "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. [AM0]",
            finding: .smtpAuthDisabledTenant),
        Reply(
            code: 535, enhancedCode: "5.7.139",
            text: "Authentication  unsuccessful,\u{0009}smtpclientauthentication IS disabled for the mailbox.",
            provider: "microsoft365", finding: .smtpAuthDisabledMailbox),
        Reply(
            code: 535, enhancedCode: "5.7.139", text: "Authentication unsuccessful, words of tomorrow",
            provider: "microsoft365", finding: .conditionalAccessOrMFA),
        Reply(
            text: "SmtpClientAuthentication is disabled for the Tenant", stage: nil,
            finding: .smtpAuthDisabledTenant),
        Reply(
            code: 535, enhancedCode: "5.7.8", text: "Error: authentication failed: Invalid authentication mechanism",
            finding: .protocolMismatch),
        Reply(
            code: 535, enhancedCode: "5.7.8", text: "Error: authentication failed: Invalid base64 data in response",
            finding: .protocolMismatch),
        Reply(
            code: 535, enhancedCode: "5.7.8", text: "Error: authentication failed: UGFzc3dvcmQ6",
            finding: .badCredentials),
        Reply(code: 535, text: "Authentication credentials invalid", provider: "ionos", finding: .badCredentials),
        Reply(code: 535, text: "Authentication credentials invalid", provider: "gmx_net", finding: .imapDisabled),
        Reply(status: "NO", text: "LOGIN failed.", provider: "microsoft365", finding: .basicAuthDisabled),
        Reply(status: "NO", text: "Login failed.", finding: .badCredentials),
        Reply(status: "NO", responseCode: "PRIVACYREQUIRED", text: "whatever", finding: .tlsRequired),
        Reply(status: "NO", responseCode: "CONTACTADMIN", text: "whatever", finding: .accountLocked),
        Reply(code: 535, enhancedCode: "5.7.8", text: "no", provider: "icloud", finding: .appPasswordRequired),
        Reply(code: 535, enhancedCode: "5.7.8", text: "no", finding: .badCredentials),
        Reply(code: 499, text: "never seen", finding: .serverBusy),
        Reply(code: 599, text: "never seen", finding: nil),
        Reply(code: 235, enhancedCode: "2.7.0", text: "Authentication successful", finding: nil),
        Reply(status: "OK", text: "Logged in", finding: nil),
        Reply(text: "", finding: nil), Reply(text: "hello there", stage: nil, finding: nil),
    ]

    @Test(arguments: replies) func replyMeans(_ example: Reply) throws {
        let reply = ServerReply(
            code: example.code, enhancedCode: example.enhancedCode, status: example.status,
            responseCode: example.responseCode, text: ServerText(example.text))
        let matches = try CatalogFixture.catalog.get().signatures.matches(
            reply: reply, service: nil, stage: example.stage, provider: example.provider)
        #expect(matches.first?.signature.finding == example.finding)
    }

    @Test func whatIsNotProvedCountsLess() throws {
        let base = try CatalogFixture.catalog.get().signatures
        let words = ServerText("Error: too many AUTH commands from 192.0.2.1")
        let whole = base.matches(
            reply: ServerReply(code: 450, enhancedCode: "4.7.1", text: words), service: .smtp, stage: .auth,
            provider: nil)
        let pasted = base.matches(reply: ServerReply(text: words), service: nil, stage: nil, provider: nil)
        #expect(whole.first?.signature.id == pasted.first?.signature.id)
        let (proved, unproved) = (try #require(whole.first), try #require(pasted.first))
        #expect(proved.confidence > unproved.confidence)
    }

    @Test func aFindingCarriesTheServersWordsAndTheWayOut() throws {
        let reply = ServerReply(code: 535, text: ServerText("Incorrect authentication data"))
        let match = try #require(
            try CatalogFixture.catalog.get().signatures.matches(
                reply: reply, service: .smtp, stage: .auth, provider: nil
            ).first)
        let finding = match.finding(for: reply, service: .smtp, stage: .auth, evidence: ["smtp.auth"])
        #expect(finding.id == .badCredentials)
        #expect(finding.serverText == "535 Incorrect authentication data")
        #expect(!finding.remedy.steps.isEmpty)
        #expect(finding.evidence == ["smtp.auth"])
        #expect(finding.service == .smtp)
    }

    @Test func theRankingDoesNotDependOnTheFiles() throws {
        let ranks = Specificity.allCases
        #expect(ranks == ranks.sorted())
        #expect(Specificity.providerCode > .softwareText)
        #expect(Specificity.codeAndText > .enhancedCode)
    }
}
