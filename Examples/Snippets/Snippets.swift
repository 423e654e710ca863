import Foundation
import MailConnect

// What README and documentation show in pieces, compiled. A test looks each piece up here and in the other examples.

func beginning(_ password: String) async throws -> Diagnosis {
    let engine = try Engine.standard()
    var account = Account(address: try EmailAddress("jane@example.com"))
    account.password = Secret(password)
    let diagnosis = try await engine.check(account).result
    return diagnosis
}

func following(_ engine: Engine, _ account: Account, show: (RunEvent) -> Void) async throws -> Diagnosis {
    let run = engine.check(account)
    for await event in run.events { show(event) }
    let diagnosis = try await run.result
    return diagnosis
}

func manyAtOnce(_ engine: Engine, _ accounts: [Account]) async -> [EmailAddress: Verdict] {
    let verdicts = await withTaskGroup(of: (EmailAddress, Verdict).self) { group in
        for account in accounts {
            guard let address = account.address else { continue }
            group.addTask { (address, (try? await engine.check(account).result.verdict) ?? .cannotTell) }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return verdicts
}

func connecting(_ engine: Engine, _ account: Account, show: (String) -> Void) async throws -> String {
    let detection = try await engine.detect(account).result
    let question = "Password for \(detection.provider.name ?? account.domain.description)"

    let run = engine.check(account, continuing: detection)
    for await event in run.events {
        switch event.kind {
        case .waiting(let wait): show("\(wait.stage.rawValue) \(wait.endpoint?.host ?? "")")
        case .observation(let check): show("\(check.id)")
        default: break
        }
    }
    let diagnosis = try await run.result

    for finding in diagnosis.findings where finding.severity == .error {
        let steps = finding.remedy.steps.map(\.text).joined(separator: " ")
        show("\(finding.summary) \(finding.remedy.who.rawValue): \(steps)")
    }
    return question
}

func registering(
    _ engine: Engine, _ account: Account, path: String, base: String, key: Secret
) async throws -> Addition {
    let journal = try await RegistrationJournal.open(path, makesFolder: true)
    let service = engine.registration(at: try APIBase(base), key: try APIKey(key), journal: journal)
    let addition = try await engine.add(account, AdditionChoices(displayName: "Jane Doe"), to: service).result
    return addition
}

func detecting(_ engine: Engine, show: (String) -> Void) async throws {
    let detection = try await engine.detect(DomainName("example.com")).result
    for candidate in detection.candidates { show("\(candidate.name): \(candidate.confidence)") }
    for line in detection.evidence { show("\(line.source.rawValue): \(line.detail)") }
}

func explaining(_ engine: Engine, show: (String) -> Void) async throws {
    let explanation = try await engine.explain("535 5.7.8 Error: authentication failed").result
    for finding in explanation.findings { show("\(finding.confidence) \(finding.id): \(finding.summary)") }
}

func advising(_ diagnosis: Diagnosis, show: (String) -> Void) {
    if let limit = diagnosis.dailyLimit {
        show("\(limit.recommended) a day (\(limit.low) to \(limit.high))")
        limit.reasons.forEach { show($0) }
    }
}

func restricted() -> Engine.Configuration {
    var configuration = Engine.Configuration()
    configuration.policy = .publicOnly()
    return configuration
}
