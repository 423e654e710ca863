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
            var request = DoctorRequest(address: try Subject.address(address))
            common.shape(&request)
            request.triesUsernames = tryUsernames
            request.sendsTest = sendTest
            let output = ReportOutput(common)
            try output.prepare()
            let toolbox = try Toolbox(common, asking: request.domain)
            let live = common.reach.includesServers
            let question = "Password for \(ServerText(address)) (empty: all checks but the logins): "
            let given = try await SecretReader(credentials, timeout: common.timeout)
                .read(prompt: live && PasswordPrompt.isPossible ? question : nil)
            request.smtpCredential = given.smtp
            request.imapCredential = given.imap
            let doctor = Doctor(catalog: toolbox.catalog, network: toolbox.network, progress: output.follow)
            output.begin("Looking up \(request.domain) ...")
            let diagnosis = try await DoctorRun.guarded { try await doctor.diagnose(request) }
            try output.write(toolbox.report(diagnosis, as: .doctor))
            return ExitStatus(diagnosis.verdict)
        }
    }
}
