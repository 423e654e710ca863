import MailModel
import MailReport

/// The steps of remedies as this command line offers them: the words that stand in every form, and behind them the option or
/// the command, with the values of this run.
enum CommandLineRemedies {
    /// The words for a run about an address or a domain.
    ///
    /// - Parameter subject: The address or domain; nil where none is known.
    /// - Returns: The words.
    static func words(for subject: String?) -> RemedyWords {
        RemedyWords(more: "More: --all shows everything, --verbose what was said, --markdown is for a ticket.") {
            step in
            let hint = hint(step, subject: subject.map(shellWord) ?? "ADDRESS")
            return hint.map { "\(step.text) (\($0))" } ?? step.text
        }
    }

    /// An outcome whose reason says what the user can do, in the options of this command line.
    static func told(_ outcome: RegistrationOutcome) -> RegistrationOutcome {
        var outcome = outcome
        for step in outcome.steps { outcome.reason += "; " + clause(step) }
        outcome.steps = []
        return outcome
    }

    /// A step as the end of a longer sentence: without capital and full stop.
    private static func clause(_ step: RemedyStep) -> String {
        let text = step.text.hasSuffix(".") ? String(step.text.dropLast()) : step.text
        let sentence = hint(step, subject: "ADDRESS").map { "\(text) (\($0))" } ?? text
        guard let first = sentence.first else { return sentence }
        return first.lowercased() + sentence.dropFirst()
    }

    /// The option or command for a step; nil where there is none.
    private static func hint(_ step: RemedyStep, subject: String) -> String? {
        switch step {
        case .useEndpoint(let endpoint, _): "--\(endpoint.service.rawValue) \(endpoint)"
        case .nameEndpoint(let service?): "--\(service.rawValue) HOST:PORT"
        case .nameEndpoint(nil): "--smtp HOST:PORT --imap HOST:PORT"
        case .useUsername(let service, let name):
            (service.map { [$0] } ?? MailService.allCases).map { "--\($0.rawValue)-username \(shellWord(name))" }
                .joined(separator: " ")
        case .givePassword: "type it on a terminal, or name a file with --password-file"
        case .useAccessToken: "--oauth-token-file FILE"
        case .giveMoreTime(let seconds): "--timeout \(seconds.map(String.init) ?? "SECONDS")"
        case .useResolver: "--resolver IP"
        case .trustCertificate: "--ca-file FILE"
        case .chooseProvider: "--provider ID"
        default: afterwards(step, subject)
        }
    }

    /// Steps that follow a run, or make an advice better.
    private static func afterwards(_ step: RemedyStep, _ subject: String) -> String? {
        switch step {
        case .checkLogins: "mailconnect doctor \(subject)"
        case .showDialogue: "--verbose"
        case .register: "mailconnect add \(subject) --display-name NAME"
        case .acceptWarnings: "--accept-warnings"
        case .insistOnLimit: "--force-limit"
        case .registerAgain: "--resolve"
        case .tellMailboxAge: "--mailbox-age DAYS, or --stage"
        case .tellMailboxStage: "--stage"
        case .tellContractAge: "--mailbox-age DAYS"
        case .setDailyLimit: "--daily-limit N"
        default: nil
        }
    }

    /// A word as a shell takes it for one.
    private static func shellWord(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { octet in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || "@._+-".utf8.contains(octet)
        }
        return plain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
