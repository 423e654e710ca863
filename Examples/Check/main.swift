import Foundation
import MailConnect

ProcessPrivacy.protect()  // no core dump may hold a password
let environment = ProcessInfo.processInfo.environment
var configuration = Engine.Configuration()
configuration.resolver = environment["MAILCONNECT_RESOLVER"]  // nil: the system's
configuration.caFile = environment["SSL_CERT_FILE"]  // nil: the system's roots
let engine = try Engine.standard(configuration)  // one for the whole process

var account = Account(address: try EmailAddress(CommandLine.arguments[1]))
account.password = environment["MAILCONNECT_PASSWORD"].map { Secret($0) }

let run = engine.check(account)
for await event in run.events {
    if case .observation(let check) = event.kind { print("\(event.offset) \(check.id)") }
}
let diagnosis = try await run.result
print(diagnosis.verdict.rawValue)
for finding in diagnosis.findings where finding.severity == .error {
    print("\(finding.id): \(finding.summary)")
}
