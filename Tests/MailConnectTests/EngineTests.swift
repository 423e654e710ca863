import MailLoopback
import MailModel
import MailTestSupport
import Testing

@testable import MailConnect

/// Runs as streams of events, shared detection, and what cancelling leaves behind.
@Suite("The engine")
struct EngineTests {
    private static let address = "dora@cedar-studio.test"

    private func account(_ address: String, _ accounts: [DemoAccount]) throws -> Account {
        let known = try #require(accounts.first { $0.address == address })
        var account = Account(address: try EmailAddress(address))
        account.password = known.password.map { Secret($0) }
        return account
    }

    @Test(arguments: ["dora@cedar-studio.test", "ben@harbour-books.test", "fay@old-mill.test", "ivo@parked.test"])
    func aDiagnosisIsTheFoldOfItsEvents(address: String) async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try account(address, accounts)
        let run = internet.engine.check(account)
        var events: [RunEvent] = []
        for await event in run.events { events.append(event) }
        let diagnosis = try await run.result
        var fold = DiagnosisFold(
            address: account.address, domain: account.domain, startedAt: diagnosis.startedAt)
        for event in events { fold.take(event) }
        #expect(fold.diagnosis == diagnosis)
        #expect(events.allSatisfy { $0.runID == run.id })
        #expect(events.map(\.offset) == events.map(\.offset).sorted())
        let names = events.map(\.name)
        let settings = try #require(names.firstIndex(of: "settings"))
        let verdict = try #require(names.firstIndex(of: "verdict"))
        #expect(names[settings...].contains("observation"))
        #expect(names.lastIndex(of: "observation").map { $0 < verdict } ?? false)
        #expect(names.last == "verdict")
        await internet.stop()
    }

    @Test func checksAreToldWhenTheirStageEnds() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let run = internet.engine.check(try account(Self.address, accounts))
        var order: [String] = []
        for await event in run.events {
            switch event.kind {
            case .observation(let seen) where seen.service != nil: order.append(seen.id.description)
            case .waiting(let wait):
                order.append("wait \(wait.endpoint?.service.rawValue ?? "-").\(wait.stage.rawValue)")
            default: break
            }
        }
        _ = try await run.result
        for side in ["smtp", "imap"] {
            let told = order.filter { $0.hasPrefix(side) }
            #expect(Array(told.prefix(4)) == ["connect", "tls", "capabilities", "auth"].map { "\(side).\($0)" })
            let login = try #require(order.firstIndex(of: "wait \(side).auth"))
            let offered = try #require(order.firstIndex(of: "\(side).capabilities"))
            #expect(offered < login, "what the server offers is told before the login is waited for")
        }
        await internet.stop()
    }

    @Test func whatWasDetectedBeforeIsNotDetectedAgain() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try account(Self.address, accounts)
        let detection = try await internet.engine.detect(account).result
        #expect(detection.profile?.password != nil || detection.provider.id == nil)
        let asked = internet.internet.dns.questions.count { $0.hasPrefix("mc-") }
        let diagnosis = try await internet.engine.check(account, continuing: detection).result
        #expect(diagnosis.verdict.isReady)
        #expect(diagnosis.evidence == detection.evidence)
        #expect(diagnosis.duration >= detection.duration)
        #expect(internet.internet.dns.questions.count { $0.hasPrefix("mc-") } == asked)
        await internet.stop()
    }

    @Test func runsOfOneDomainShareItsDetection() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try account(Self.address, accounts)
        let runs = (0..<40).map { _ in internet.engine.check(account) }
        for run in runs { #expect(try await run.result.verdict == .ready) }
        // Each detection asks for a name that nobody has made, and for a new one each time.
        #expect(internet.internet.dns.questions.count { $0.hasPrefix("mc-") } <= 1)
        #expect(internet.internet.dns.count("cedar-studio.test", .mx) == 1)
        await internet.stop()
    }

    @Test func oneWhoLeavesDoesNotDisturbTheOthers() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try account(Self.address, accounts)
        let first = internet.engine.check(account)
        let second = internet.engine.check(account)
        for await event in first.events where event.name == "evidence" { break }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.result }
        #expect(try await second.result.verdict == .ready)
        await internet.stop()
    }

    /// The run is cancelled at its first event, at its second, and so on to the last.
    @Test func cancellingAtAnyMomentIsAnOutcomeOfItsOwn() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try account(Self.address, accounts)
        var length = 0
        let whole = internet.engine.check(account)
        for await _ in whole.events { length += 1 }
        for moment in 0..<length {
            // A new engine knows nothing of the domain, so that every moment of a run comes again.
            let engine = Engine(catalog: internet.engine.catalog, network: internet.network)
            let run = engine.check(account)
            var heard: [RunEvent] = []
            for await event in run.events {
                heard.append(event)
                if heard.count == moment + 1 { run.cancel() }
            }
            let said = heard.dropFirst(moment + 1)
            do {
                _ = try await run.result
                // It was over before it could be cancelled.
                #expect(heard.last?.name == "verdict", "event \(moment)")
            } catch {
                #expect(error is CancellationError, "event \(moment)")
                #expect(!said.contains { $0.name == "verdict" }, "event \(moment)")
            }
            for event in heard {
                guard case .observation(let seen) = event.kind, case .failed(let failure) = seen.outcome else {
                    continue
                }
                Issue.record("cancelled at event \(moment), told \(seen.id) failed: \(failure)")
            }
        }
        await internet.stop()
    }

    @Test func aRunThatIsCancelledInTheQueueNeverBegins() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        let account = try account(Self.address, accounts)
        var options = Engine.Options()
        options.maximumRuns = 1
        let engine = Engine(catalog: internet.engine.catalog, network: internet.network, options: options)
        let first = engine.check(account)
        let second = engine.check(account)
        let third = engine.check(account)
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.result }
        #expect(try await first.result.verdict == .ready)
        #expect(try await third.result.verdict == .ready)
        await internet.stop()
    }

    @Test func theCatalogueCanBeExchangedBetweenRuns() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        var account = try account(Self.address, accounts)
        account.providerID = "nobody_knows"
        await #expect(throws: EngineError.unknownProvider("nobody_knows")) {
            try await internet.engine.check(account).result
        }
        internet.engine.replaceCatalog(try RepositoryCatalog.catalog())
        account.providerID = nil
        #expect(try await internet.engine.check(account).result.verdict == .ready)
        await internet.stop()
    }

    /// An app password as its provider shows it: told for the side that it was given for, and registered as it was proved.
    @Test(arguments: [[MailService.smtp, .imap], [.imap], [.smtp]])
    func aPasswordInGroupsGoesAsOneWord(sides: [MailService]) async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        var account = try account("anna@harbour-books.test", accounts)
        let proved = account
        let shown = Credential.password(Secret("abcd efgh ijkl mnop"))
        if sides.contains(.smtp) { account.smtpCredential = shown }
        if sides.contains(.imap) { account.imapCredential = shown }
        let diagnosis = try await internet.engine.check(account).result
        #expect(diagnosis.verdict.isReady)
        for side in MailService.allCases {
            let login = diagnosis.observations.first { $0.id == .auth(side) }?.acceptedLogin
            #expect(login?.blanksRemoved == sides.contains(side))
            let sent = account.asProved(by: diagnosis.observations).credential(for: side)
            #expect(sent == proved.credential(for: side))
        }
        await internet.stop()
    }

    @Test func noLoginLeavesForAProviderThatDoesNotExist() async throws {
        let (internet, accounts) = try await SmallInternet.ofTheDemonstration()
        var account = try account(Self.address, accounts)
        let settings = try #require(try await internet.engine.check(account).result.settings)
        (account.smtpEndpoint, account.imapEndpoint) = (settings.smtp, settings.imap)
        account.providerID = "no_such_provider"
        let logins = RunLoginGuard()
        await #expect(throws: EngineError.unknownProvider("no_such_provider")) {
            try await internet.engine.check(account, logins: logins).result
        }
        let credential = try #require(account.smtpCredential)
        let attempt = LoginAttempt(
            endpoint: settings.smtp, username: settings.smtpUsername ?? "", credential: credential)
        #expect(await logins.permission(for: attempt) == .granted)
        await internet.stop()
    }

    @Test func aPastedTextIsARunToo() async throws {
        let (internet, _) = try await SmallInternet.ofTheDemonstration()
        let run = internet.engine.explain(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.")
        #expect(try await run.result.findings.first?.id == .smtpAuthDisabledTenant)
        await internet.stop()
    }
}
