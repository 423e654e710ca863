// A gate in a pipeline: `gate ADDRESS < PASSWORD-FILE`. It leaves with 0 when the mailbox can be connected, 1 when somebody
// has to act first, 2 when it cannot be told, and says on standard error who must do what.
import Foundation
import MailConnect

func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

ProcessPrivacy.protect()
guard CommandLine.arguments.count == 2 else {
    say("usage: gate ADDRESS < PASSWORD-FILE")
    exit(64)
}
let environment = ProcessInfo.processInfo.environment
var configuration = Engine.Configuration()
configuration.resolver = environment["MAILCONNECT_RESOLVER"]
configuration.caFile = environment["SSL_CERT_FILE"]

do {
    var account = Account(address: try EmailAddress(CommandLine.arguments[1]))
    account.password = readLine(strippingNewline: true).map { Secret($0) }
    let diagnosis = try await Engine.standard(configuration).check(account).result
    for finding in diagnosis.findings where finding.severity == .error {
        say("\(finding.id): \(finding.summary)")
        say("  \(finding.remedy.who.rawValue): " + finding.remedy.steps.map(\.text).joined(separator: " "))
    }
    switch diagnosis.verdict {
    case .ready, .readyWithWarnings: exit(0)
    case .actionNeeded: exit(1)
    case .cannotTell: exit(2)
    }
} catch {
    // An address that is none, or an engine that cannot begin: nothing was found out about the mailbox.
    say("\(error)")
    exit(2)
}
