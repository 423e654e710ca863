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
            """)

    @Argument(help: "The mail address.") var address: String
    @Flag(help: "If the user name is refused as wrong, try up to two other forms of it.") var tryUsernames = false
    @Flag(help: "Send one message from the mailbox to itself, and see it arrive. Without this nothing is ever sent.")
    var sendTest = false
    @OptionGroup var credentials: CredentialOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Console.run {
            var account = Account(address: try Subject.address(address))
            common.shape(&account)
            account.triesUsernames = tryUsernames
            account.sendsTest = sendTest
            let output = try ReportOutput(common.report)
            let environment = try CommandEnvironment(common, asking: account.domain)
            let live = common.reach.includesServers
            let question = "Password for \(ServerText(address)) (empty: all checks but the logins): "
            let asked = ContinuousClock.now
            let given = try await SecretReader(credentials, timeout: common.timeout)
                .read(prompt: live && PasswordPrompt.isPossible ? question : nil)
            // What a person takes to type is no part of the run.
            let since = environment.began + (.now - asked)
            account.smtpCredential = given.smtp
            account.imapCredential = given.imap
            output.begin("Looking up \(account.domain) ...")
            let diagnosis = try await output.result(of: environment.engine.check(account, since: since))
            return output.end(environment.report(diagnosis, as: .doctor), with: ExitStatus(diagnosis.verdict))
        }
    }
}
