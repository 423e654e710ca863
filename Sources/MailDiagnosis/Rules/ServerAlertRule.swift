import MailModel

/// The server wants a person to read something (IMAP `ALERT`, RFC 9051, section 7.1). It is quoted, and any address in it
/// is text only.
struct ServerAlertRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .capabilities(let facts)? = observation.facts, let alert = facts.alerts.first else { return nil }
            return Finding(
                .serverAlert, severity: .info, confidence: 0.9, on: observation, .alert(observation.place, alert))
        }
    }
}

extension FindingWords {
    fileprivate static func alert(_ place: String, _ text: ServerText) -> Self {
        FindingWords(
            summary: "\(place) wants this to be read: \(text.escaped)",
            detail: "It came before the login. Take an address in it for what it is: text from a server.",
            serverText: text.escaped,
            remedy: Remedy(
                who: .user, steps: ["Read it; ask the provider through its own site if it asks for anything."]))
    }
}
