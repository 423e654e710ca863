// Finds a mailbox's settings, checks both logins and registers it: `add ADDRESS NAME`. Ctrl-C ends it at any moment: then
// nothing has left, or the journal knows what has.
import Foundation
import MailConnect

ProcessPrivacy.protect()
let environment = ProcessInfo.processInfo.environment
var configuration = Engine.Configuration()
configuration.resolver = environment["MAILCONNECT_RESOLVER"]
configuration.caFile = environment["SSL_CERT_FILE"]
let engine = try Engine.standard(configuration)

/// Shows what a run waits for and finds out, and gives back what it comes to.
func followed<Result>(_ run: Run<Result>) async throws -> Result {
    for await event in run.events {
        switch event.kind {
        case .waiting(let wait): print("\(wait.stage) \(wait.endpoint.map { "at \($0)" } ?? "") ...")
        case .observation(let check): print("\(check.id): done")
        case .finding(let finding): print("\(finding.severity): \(finding.summary)")
        case .registering(.sending(let attempt)): print("registering, attempt \(attempt)")
        default: break
        }
    }
    return try await run.result
}

let flow = Task {
    var account = Account(address: try EmailAddress(CommandLine.arguments.dropFirst().first ?? ""))
    // All that can be known before there is a password: whose it is, and which servers.
    let detection = try await followed(engine.detect(account))
    print("Hosted by \(detection.provider.name ?? "somebody unknown").")
    account.password = environment["MAILCONNECT_PASSWORD"].map { Secret($0) }

    let service = engine.registration(
        at: try APIBase(environment["COLDSEND_API_URL"] ?? "https://api.example.com"),
        key: try APIKey(Secret(environment["COLDSEND_API_KEY"] ?? "")),
        journal: try await .open(JournalLocation.standard(environment), makesFolder: true))
    let choices = AdditionChoices(displayName: CommandLine.arguments.dropFirst(2).first ?? "")
    return try await followed(engine.add(account, choices, to: service, continuing: detection))
}
signal(SIGINT, SIG_IGN)
let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
interrupt.setEventHandler { flow.cancel() }
interrupt.resume()

do {
    let addition = try await flow.value
    print("\(addition.diagnosis.verdict.rawValue), \(addition.outcome.status.rawValue): \(addition.outcome.reason)")
    exit(addition.outcome.status == .registered ? 0 : 1)
} catch is CancellationError {
    print("cancelled")
    exit(130)
}
