import MailModel

/// Whose account it is, and where it is reached.
extension TerminalPage {
    /// The answer; `detect` has both servers in it.
    mutating func addAnswer(_ answer: ReportAnswer, of report: Report) {
        guard report.command == .detect, let settings = report.diagnosis.settings else { return addAnswer(answer) }
        addHeadline(answer.headline, answer.mark)
        addDetail(answer.detail, atMost: 2)
        for service in MailService.allCases {
            add(AccountWords.side(service, of: settings), lead: Self.lead(FindingWords.name(of: service)))
        }
        addSteps(answer.steps)
        for cause in answer.others {
            addBlank()
            addCause(cause, mark: cause.severity == .error ? .fail : .warn)
        }
    }

    /// Whose mailbox it is, in all particulars.
    mutating func addProvider(of diagnosis: Diagnosis) {
        let provider = diagnosis.provider
        let name = AccountWords.provider(provider) ?? "not known"
        let id = provider.name == nil ? nil : provider.id
        addHeading("Provider")
        addField("Inbox type", diagnosis.inboxType?.rawValue ?? "not known")
        addField("Provider", [name, id.map { "(\($0))" }].compactMap { $0 }.joined(separator: " "))
        addField("Confidence", FindingWords.percent(provider.confidence))
        addField("Gateway", provider.gateway.map { "\($0.name) (\($0.id))" } ?? "none seen")
        addField("Mailboxes", AccountWords.hosting(provider.hosting))
        if !diagnosis.reason.isEmpty { addField("Why", diagnosis.reason) }
    }

    mutating func addSettings(of diagnosis: Diagnosis) {
        guard let settings = diagnosis.settings else {
            addHeading("Settings")
            return add("not known", indent: 2)
        }
        addHeading("Settings, from \(settings.source)")
        addSides(of: settings)
    }

    mutating func addAlternatives(of diagnosis: Diagnosis) {
        for (index, settings) in diagnosis.alternatives.enumerated() {
            addHeading("Alternative \(index + 1), from \(settings.source)", ink: .plain)
            addSides(of: settings)
        }
    }

    private mutating func addSides(of settings: AccountSettings) {
        for service in MailService.allCases {
            add(AccountWords.side(service, of: settings), lead: FindingWords.name(of: service) + "  ", indent: 2)
        }
    }

    /// A name and its value, the values of several fields below each other.
    mutating func addField(_ name: String, _ value: String) {
        let filling = String(repeating: " ", count: max(1, 13 - TextWidth.of(name)))
        add(value, lead: name + filling, indent: 2)
    }
}
