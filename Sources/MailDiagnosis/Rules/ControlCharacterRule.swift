import MailModel

/// The server's text holds control characters, which could move a cursor or hide a line. They are shown escaped.
struct ControlCharacterRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard let text = Self.texts(observation).first(where: Self.holdsControls) else { return nil }
            return Finding(
                .controlCharacters, severity: .info, confidence: 0.9, on: observation,
                .controls(observation.place, text))
        }
    }

    /// Controls are written as `\x00` to `\x1F` and `\x7F`; other octets that are no UTF-8 are common and harmless.
    private static func holdsControls(_ text: String) -> Bool {
        text.split(separator: "\\x").dropFirst(text.hasPrefix("\\x") ? 0 : 1).contains { part in
            guard let code = UInt8(part.prefix(2), radix: 16) else { return false }
            return code < 0x20 || code == 0x7F
        }
    }

    private static func texts(_ observation: Observation) -> [String] {
        var texts: [String] = []
        switch observation.outcome {
        case .failed(.rejected(let reply)): texts.append(reply.quoted)
        case .failed(.violation(_, let text)): texts += [text?.escaped].compactMap { $0 }
        case .failed(.closed(_, let words)): texts += [words?.escaped].compactMap { $0 }
        default: break
        }
        switch observation.facts {
        case .connection(let facts): texts += [facts.greeting?.quoted].compactMap { $0 }
        case .capabilities(let facts):
            texts += ((facts.beforeTLS ?? []) + (facts.onLoginChannel ?? []) + facts.alerts).map(\.escaped)
        case .login(let facts): texts += [facts.reply.quoted] + [facts.oauthError?.escaped].compactMap { $0 }
        case .mailbox(let facts):
            texts += facts.specialUse.values.map(\.escaped) + [facts.inboxRefusal?.quoted].compactMap { $0 }
        default: break
        }
        return texts
    }
}

extension FindingWords {
    fileprivate static func controls(_ place: String, _ text: String) -> Self {
        FindingWords(
            summary: "\(place) sends control characters in its text.",
            detail: "They are shown escaped and were not acted on. No sound server needs them.",
            serverText: text,
            remedy: Remedy(who: .support, steps: ["Tell the server's operator, or compare with another network."]))
    }
}
