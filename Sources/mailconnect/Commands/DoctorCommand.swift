import ArgumentParser
import MailConnect
import MailModel
import MailReport

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Detect, then check everything live, and name each cause and its fix.",
        discussion: """
            Without a password everything but the logins is checked, and the verdict is at best "cannot tell".

            Examples:
              mailconnect doctor jane@example.com
              mailconnect doctor jane@example.com --password-file pw --json
              mailconnect doctor jane@example.com --markdown --share
            """)

    @Argument(help: "The mail address.") var address: String
    @Flag(help: "If the user name is refused as wrong, try up to two other forms of it.") var tryUsernames = false
    @Flag(help: "Send one message from the mailbox to itself, and see it arrive. Without this nothing is ever sent.")
    var sendTest = false
    @OptionGroup var credentials: CredentialOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Console.run {
            let named = try Subject.address(address)
            let output = try ReportOutput(common.report)
            let environment = try CommandEnvironment(common, asking: named.domain)
            var account = Account(address: MistypedDomain.asked(about: named, environment.catalog))
            common.shape(&account)
            account.triesUsernames = tryUsernames
            account.sendsTest = sendTest
            let begin = try await RunBeginning.of(
                &account, credentials, common, environment, output, isOptional: true)
            output.begin("Looking up \(account.domain)")
            let run = environment.engine.check(account, continuing: begin.detection, since: begin.since)
            let diagnosis = try await output.result(of: run)
            return output.end(environment.report(diagnosis, as: .doctor), with: ExitStatus(diagnosis.verdict))
        }
    }
}
