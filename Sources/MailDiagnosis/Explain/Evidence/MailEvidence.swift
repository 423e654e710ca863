import MailModel
import ProviderCatalog

/// Whether a text shows that the failure is one of mail: a port, a protocol, a library or a server of mail, near the words that
/// name the cause. "Connection refused" and "invalid credentials" are said by everything that has a network.
struct MailEvidence {
    let catalog: Catalog
    let context: TextContext
    let evidence: EvidenceText

    /// Lines with words that are looked at on each side of those that name the cause.
    private static let reach = 10
    /// Lines that are walked over for them: what lies between may be calls of a stack trace, which were set aside.
    private static let walk = 60
    /// Octets of a line that are looked at.
    private static let lineLimit = 4_096

    /// Whether nothing shows that a cause is one of mail.
    func isMissing(for cause: WeighedCause) -> Bool {
        if let candidate = cause.candidate, candidate.weight >= cause.clue?.weight ?? 0 {
            if candidate.isProviders { return false }
            if candidate.match.specificity == .softwareText, cause.id != .badCredentials { return false }
        }
        guard context.isAboutMail else { return !isMailReply(cause) && !saysMail(cause) }
        guard cause.candidate?.found == nil, let line = cause.clue?.line else { return false }
        // `host[address]:25`, as servers write where they deliver to.
        if Array(evidence.folded(line).prefix(Self.lineLimit)).contains(word: "]:25") { return true }
        guard !context.isShort else { return false }
        return !isNear(line)
    }

    /// Whether a text is no more than an error, and a word that is mostly mail's stands in its line: whoever pastes so little
    /// asks about that.
    private func saysMail(_ cause: WeighedCause) -> Bool {
        guard context.isShort, !context.isAboutSomethingElse, !context.isProse, let line = cause.clue?.line else {
            return false
        }
        let words = Array(evidence.folded(line).prefix(Self.lineLimit))
        return catalog.cues.weakMail.contains { words.contains(word: $0) }
    }

    /// Whether the cause stands in a reply that only mail servers give: three digits alone are those of other protocols too.
    private func isMailReply(_ cause: WeighedCause) -> Bool {
        guard let found = cause.candidate?.found else { return false }
        return found.reply.enhancedCode != nil || found.service == .imap || found.reply.code == 535
    }

    /// Whether a word of mail stands near a line.
    private func isNear(_ line: Int) -> Bool {
        [-1, 1].contains { step in
            var (place, seen) = (line, 0)
            while (0..<evidence.lineCount).contains(place), abs(place - line) <= Self.walk, seen <= Self.reach {
                var words = Array(evidence.folded(place).prefix(Self.lineLimit))
                if !words.isEmpty { seen += 1 } else { words = evidence.call(place) }
                if catalog.cues.mail.contains(where: { words.contains(word: $0) }) { return true }
                if Self.ports.contains(where: { words.contains(word: $0) }) { return true }
                place += step
            }
            return false
        }
    }

    private static let ports = [":587", ":465", ":993", ":143", ":25", "port 25", "port 587", "port 465", "port 993"]
}
