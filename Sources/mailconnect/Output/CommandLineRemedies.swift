import MailModel
import MailReport

/// The steps of remedies as this command line offers them: by its options and commands.
enum CommandLineRemedies {
    /// The words.
    static let words = RemedyWords(text)

    /// An outcome whose reason says what the user can do, in the options of this command line.
    static func told(_ outcome: RegistrationOutcome) -> RegistrationOutcome {
        var outcome = outcome
        for step in outcome.steps { outcome.reason += "; " + clause(step) }
        outcome.steps = []
        return outcome
    }

    /// A step as the end of a longer sentence: without capital and full stop.
    static func clause(_ step: RemedyStep) -> String {
        let sentence = withoutStop(text(step))
        guard let first = sentence.first else { return sentence }
        return first.lowercased() + sentence.dropFirst()
    }

    /// The words of one step; those that no option is about stay neutral.
    @Sendable static func text(_ step: RemedyStep) -> String {
        switch step {
        case .useEndpoint(let endpoint, let notes):
            let verb = notes.contains(.untried) ? "Try" : "Use"
            return "\(verb) --\(endpoint.service.rawValue) \(endpoint)\(RemedyStep.proof(notes))."
        case .nameEndpoint(let service?):
            return "Give --\(service.rawValue) HOST:PORT."
        case .nameEndpoint(nil): return "Give --smtp and --imap."
        case .useUsername(let service, _):
            let sides = service.map { [$0] } ?? MailService.allCases
            let options = sides.map { "--\($0.rawValue)-username" }.joined(separator: ", ")
            return "\(withoutStop(step.text)) (\(options))."
        case .givePassword: return "Run it on a terminal and type the password, or name a --password-file."
        case .useAccessToken: return "Give an OAuth 2 access token with --oauth-token-file."
        case .giveMoreTime(let seconds):
            return "Give it more time with --timeout \(seconds.map(String.init) ?? "SECONDS")."
        case .useResolver: return "Ask another resolver with --resolver IP to see whether it is ours or the domain's."
        case .trustCertificate: return "For an authority of your own, name its certificate with --ca-file FILE."
        case .chooseProvider: return "Name the provider with --provider ID, if you know it."
        default: return afterwards(step)
        }
    }

    /// Steps that follow a run, or make an advice better.
    private static func afterwards(_ step: RemedyStep) -> String {
        switch step {
        case .checkLogins: "mailconnect doctor <address> tries them."
        case .showDialogue: "Run it again with --verbose to see what was said."
        case .register: "mailconnect add <address> --display-name NAME registers it."
        case .acceptWarnings: "Look at the warnings, then use --accept-warnings."
        case .insistOnLimit: "--force-limit sends it all the same."
        case .registerAgain:
            "Look in the API's dashboard, or run it again with --resolve: that sends once more, and \"already exists\" "
                + "then means registered."
        case .tellMailboxAge: "What would raise it: --mailbox-age DAYS or --stage, if you know better."
        case .tellMailboxStage(let sent?):
            "What would raise it: \(sent) and more sent messages, or --stage if they are kept elsewhere."
        case .tellMailboxStage(nil): "What would raise it: --stage, if the mailbox sends regularly."
        case .tellContractAge: "What would raise it: an older contract; say how old with --mailbox-age."
        case .setDailyLimit: "What would raise it: the hoster's own figure; then use --daily-limit."
        default: step.text
        }
    }

    private static func withoutStop(_ sentence: String) -> String {
        sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }
}
