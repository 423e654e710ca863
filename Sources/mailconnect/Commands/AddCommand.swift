import ArgumentParser
import Foundation
import MailConnect
import MailModel
import MailNetwork
import MailRegistration
import MailReport

struct AddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Detect, verify both logins, and only then register the account.",
        discussion: """
            The API key comes from COLDSEND_API_KEY or --api-key-file. Nothing is registered unless both logins passed
            in this very run.
            """)

    @Argument(help: "The mail address.") var address: String
    @Option(help: ArgumentHelp("The sender name that recipients see.", valueName: "name")) var displayName: String
    @Flag(help: "Verify, then print the request, secrets masked, and register nothing.") var dryRun = false
    @Option(help: ArgumentHelp("The API's base (also COLDSEND_API_URL).", valueName: "url")) var apiUrl: String?
    @Option(help: ArgumentHelp("Read the API key from this file (also COLDSEND_API_KEY).", valueName: "file"))
    var apiKeyFile: String?
    @OptionGroup var credentials: CredentialOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        if !common.reach.includesServers {
            throw ValidationError("add has to verify the logins: --offline and --dns-only cannot be used with it")
        }
        guard (1...255).contains(displayName.unicodeScalars.count) else {
            throw ValidationError("--display-name takes 1 to 255 characters")
        }
    }

    func run() async throws {
        try await Console.run {
            var request = DoctorRequest(address: try Subject.address(address))
            common.shape(&request)
            let output = ReportOutput(common)
            try output.prepare()
            let access = try APIAccess(url: apiUrl, keyFile: apiKeyFile, keyNeeded: !dryRun)
            let toolbox = try Toolbox(common, asking: request.domain)
            let question = "Password for \(ServerText(address)): "
            let given = try await SecretReader(credentials, timeout: common.timeout).read(
                prompt: PasswordPrompt.isPossible ? question : nil)
            guard given.smtp != nil, given.imap != nil else {
                throw CommandFailure(
                    .usage,
                    "add needs a password: type it on a terminal, or use --password-file, --password-command or "
                        + "MAILCONNECT_PASSWORD")
            }
            request.smtpCredential = given.smtp
            request.imapCredential = given.imap
            request.otherSecrets = access.secrets
            let doctor = Doctor(catalog: toolbox.catalog, network: toolbox.network, progress: output.follow)
            output.begin("Looking up \(request.domain) ...")
            let diagnosis = try await DoctorRun.guarded { try await doctor.diagnose(request) }
            output.begin(dryRun ? "Preparing the request ..." : "Registering ...")
            let registrar = Registrar(
                displayName: displayName, access: access, toolbox: toolbox, timeout: .seconds(common.timeout))
            let outcome = try await registrar.register(diagnosis, credentials: given, dryRun: dryRun)
            try output.write(toolbox.report(diagnosis, as: .add, registration: outcome))
            return Registrar.status(of: outcome, verdict: diagnosis.verdict)
        }
    }
}
