import MailModel
import ProviderCatalog

/// Words about another service — a database, a registry, a web page — beside an error of a mail library.
///
/// A web application names its database, its package manager and its pages in any log. Where a mail library has thrown an
/// exception or a mail server has refused, such words are its surroundings and not what failed.
struct ElsewhereClues {
    let replies: [FoundReply]
    let evidence: EvidenceText
    /// Exceptions and modules of mail libraries.
    let libraries: PhraseSet

    /// What cues about other services are called.
    private static let prefix = "signature:cue.calm.service"
    /// What is left of their weight.
    private static let remainder = 0.4

    /// The clues, those about other services weighed anew.
    func settled(_ clues: [Clue]) -> [Clue] {
        guard clues.contains(where: isElsewhere), isMailError else { return clues }
        return clues.map { clue in
            guard isElsewhere(clue) else { return clue }
            var clue = clue
            clue.weight = min(clue.weight, Self.remainder)
            return clue
        }
    }

    private func isElsewhere(_ clue: Clue) -> Bool { clue.role == .calm && clue.reference.hasPrefix(Self.prefix) }

    private var isMailError: Bool {
        replies.contains { found in
            let isTelling = found.service == .imap || found.reply.enhancedCode != nil || found.reply.code == 535
            return found.isRefusal && isTelling
        } || !libraries.ranges(in: evidence.octets).isEmpty
    }
}
