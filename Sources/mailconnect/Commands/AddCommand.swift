import ArgumentParser
import FoundationEssentials
import Glibc
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
            The API key comes from COLDSEND_API_KEY or --api-key-file. Nothing is registered unless both logins passed \
            in this very run. Each attempt is written into a journal before it leaves; an account that the journal \
            knows is not sent again without --resolve.

            Examples:
              mailconnect add jane@example.com --display-name "Jane Doe" --dry-run
              mailconnect add jane@example.com --display-name "Jane Doe" --password-file pw
            """)

    @Argument(help: "The mail address.") var address: String
    @Option(help: ArgumentHelp("The sender name that recipients see.", valueName: "name")) var displayName: String
    @Flag(help: "Verify, then print the request, secrets masked, and register nothing.") var dryRun = false
    @Flag(help: "Register although there are warnings.") var acceptWarnings = false
    @Flag(help: "Send although the journal knows the account; \"already exists\" then means registered.")
    var resolve = false
    @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask on a terminal before registering.")
    var isAgreed = false
    @Option(help: ArgumentHelp("Send this daily limit instead of the advised one.", valueName: "n"))
    var dailyLimit: Int?
    @Flag(help: "Send a daily limit above the provider's own.") var forceLimit = false
    @Option(help: ArgumentHelp("The API's base (also COLDSEND_API_URL).", valueName: "url")) var apiUrl: String?
    @Option(help: ArgumentHelp("Read the API key from this file (also COLDSEND_API_KEY).", valueName: "file"))
    var apiKeyFile: String?
    @OptionGroup var journal: JournalOptions
    @OptionGroup var credentials: CredentialOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        if !common.reach.includesServers {
            throw ValidationError("add has to verify the logins: --offline and --dns-only cannot be used with it")
        }
        guard (1...255).contains(displayName.unicodeScalars.count) else {
            throw ValidationError("--display-name takes 1 to 255 characters")
        }
        if let dailyLimit, dailyLimit < 1 { throw ValidationError("--daily-limit takes a number of 1 or more") }
    }

    func run() async throws {
        try await Console.run {
            let named = try Subject.address(address)
            let output = try ReportOutput(common.report, progress: .lines)
            let access = try APIAccess(
                url: apiUrl, keyFile: apiKeyFile, keyNeeded: !dryRun, within: common.timeout)
            // A journal that cannot be used ends the run here, before anything is sent anywhere.
            let journal = dryRun ? OpenedJournal() : try journal.open(within: common.timeout)
            let environment = try CommandEnvironment(common, asking: named.domain)
            var account = Account(address: MistypedDomain.asked(about: named, environment.catalog))
            common.shape(&account)
            account.prefersIMAPOverTLS = true
            account.otherSecrets = access.secrets
            let begin = try await RunBeginning.of(
                &account, credentials, common, environment, output, isOptional: false)
            output.begin("Looking up \(account.domain)")
            let run = environment.engine.add(
                account, choices, to: environment.registration(access, journal), continuing: begin.detection,
                since: begin.since)
            let added = try await output.result(of: run)
            return output.end(
                environment.report(added.diagnosis, as: .add, registration: CommandLineRemedies.told(added.outcome)),
                with: ExitStatus(of: added.outcome, verdict: added.diagnosis.verdict))
        }
    }

    private var choices: AdditionChoices {
        var choices = AdditionChoices(displayName: displayName)
        choices.isDryRun = dryRun
        choices.acceptsWarnings = acceptWarnings
        choices.resolves = resolve
        choices.dailyLimit = dailyLimit
        choices.forcesLimit = forceLimit
        if !isAgreed, PasswordPrompt.isPossible { choices.confirm = { Confirmation.ask($0) } }
        return choices
    }
}
