import Foundation
import MailConnect
import MailJSON
import MailModel

@testable import MailService
@testable import ProviderCatalog

/// What clients of the service send.
enum FuzzedService {
    private static let catalog: Catalog = {
        let folder = ProcessInfo.processInfo.environment["FUZZ_CATALOGUE"] ?? "providers"
        do { return try Catalog.load(from: folder) } catch { fatalError("\(error)") }
    }()

    /// The first octet says which request the rest is.
    static func request(_ octets: [UInt8]) {
        guard let choice = octets.first, let json = try? JSONParser.parse(Array(octets.dropFirst())) else { return }
        switch choice & 3 {
        case 0: if let request = read(CheckRequest.json, json) { check(request) }
        case 1:
            guard let request = read(AddRequest.json, json) else { return }
            guard request.dailyLimit ?? 1 > 0, (1...255).contains(request.displayName.unicodeScalars.count) else {
                fatalError("a figure beyond its bounds")
            }
            check(request.check)
        case 2:
            guard let request = read(DetectRequest.json, json) else { return }
            if request.account == nil { fatalError("a run about nothing") }
        default: _ = read(ExplainRequest.json, json)
        }
    }

    /// What is written of a request reads as the same; no secret stands in it, nor in what is said of a mistake.
    private static func read<Value>(_ description: JSONDescription<Value>, _ json: JSONValue) -> Value? {
        do {
            let value = try description.read(json, .strict)
            let written = description.write(value)
            hide(json, written.rendered(.compact))
            guard let again = try? description.read(written, .strict), description.write(again) == written else {
                fatalError("a request reads as something else: \(written.rendered(.compact))")
            }
            return value
        } catch {
            let problem = Problem(error)
            hide(json, "\(problem.detail) \(problem.field ?? "")")
            if problem.status != 422 { fatalError("a mistake in a body is told as \(problem.status)") }
            return nil
        }
    }

    private static func hide(_ json: JSONValue, _ words: String) {
        guard case .object(var object) = json else { return }
        for key in ["smtp_password", "imap_password", "oauth_token"] {
            guard let secret = object[key]?.text, secret.utf8.count >= 8, words.utf8.contains(secret.utf8) else {
                continue
            }
            // What stands elsewhere in the body too is no secret.
            object[key] = .null
            if !JSONValue.object(object).rendered(.compact).utf8.contains(secret.utf8), !"[redacted]".contains(secret) {
                fatalError("a secret is shown: \(words)")
            }
        }
    }

    private static func check(_ request: CheckRequest) {
        guard let account = try? request.account(catalog, secrets: []) else { return }
        guard (.seconds(1)...(.seconds(120))).contains(account.timeout) else { fatalError("\(account.timeout)") }
        for endpoint in [account.smtpEndpoint, account.imapEndpoint] {
            guard let endpoint else { continue }
            guard (1...65_535).contains(endpoint.port), !endpoint.host.isEmpty else { fatalError("\(endpoint)") }
        }
        if case .accessToken? = account.smtpCredential, request.smtpPassword != nil {
            fatalError("a password beside a token")
        }
    }

    /// A query, and behind it one header a line.
    static func query(_ octets: [UInt8]) {
        let lines = octets.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        choices(lines.first ?? "")
        let keys = Array(lines.dropFirst())
        switch Result(catching: { () throws(Problem) in try IdempotencyKey.read(keys) }) {
        case .success(let key?): guard keys == [key], (1...255).contains(key.utf8.count) else { fatalError(key) }
        case .success(nil): if !keys.isEmpty { fatalError("a key is passed over") }
        case .failure(let problem): if problem.field != IdempotencyKey.name { fatalError("\(problem)") }
        }
    }

    /// What a query says does not depend on the order of its parts, and reads as it was written.
    private static func choices(_ query: String) {
        guard let choices = try? BatchChoices(query: query) else { return }
        let reversed = query.split(separator: "&").reversed().joined(separator: "&")
        let written = "register=\(choices.registers)&accept_warnings=\(choices.acceptsWarnings)"
        guard (try? BatchChoices(query: reversed)) == choices, (try? BatchChoices(query: written)) == choices else {
            fatalError("a query reads as something else")
        }
    }
}
