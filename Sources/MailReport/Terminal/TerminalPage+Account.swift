import MailModel

/// Whose account it is, and where it is reached.
extension TerminalPage {
    mutating func addHeader(of diagnosis: Diagnosis) {
        let subject = diagnosis.address?.description ?? diagnosis.domain.description
        let parts = [
            subject, AccountWords.provider(diagnosis.provider) ?? "provider not known",
            diagnosis.inboxType?.rawValue ?? "inbox type not known",
            "\(FindingWords.percent(diagnosis.provider.confidence)) sure",
        ]
        add(parts.joined(separator: " - "), ink: .bold)
    }

    /// The answer of `detect`, before what it rests on.
    mutating func addAnswer(of diagnosis: Diagnosis) {
        let provider = diagnosis.provider
        let name = AccountWords.provider(provider) ?? "not known"
        let id = provider.name == nil ? nil : provider.id
        add(diagnosis.address?.description ?? diagnosis.domain.description, ink: .bold)
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
