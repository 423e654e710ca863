import MailModel
import Testing

@testable import MailProtocol

/// The recorded dialogues, played in every way in which a network could cut them.
struct DialogueTests {
    static let all = Dialogue.all(.smtp) + Dialogue.all(.imap)

    @Test func dialoguesAreFound() {
        #expect(Dialogue.all(.smtp).count >= 40)
        #expect(Dialogue.all(.imap).count >= 50)
    }

    @Test(arguments: all)
    func playedWhole(_ dialogue: Dialogue) {
        let outcome = DialoguePlayer.play(dialogue) { [$0] }
        #expect(outcome.differences == [])
        #expect(FactLines.of(outcome) == dialogue.facts)
    }

    @Test(arguments: all)
    func playedOctetByOctet(_ dialogue: Dialogue) {
        let whole = DialoguePlayer.play(dialogue) { [$0] }
        #expect(DialoguePlayer.play(dialogue) { $0.map { [$0] } } == whole)
    }

    /// Each turn of the server is cut in two, at every position; turns shorter than that stay whole. No redactor, which
    /// sees whole lines only and would take most of the time.
    @Test(arguments: all)
    func playedInTwoPieces(_ dialogue: Dialogue) {
        let whole = DialoguePlayer.play(dialogue, redactor: Redactor.none) { [$0] }
        let longest = dialogue.events.map { if case .server(let octets) = $0 { octets.count } else { 0 } }.max() ?? 0
        for position in 1..<max(longest, 2) {
            let outcome = DialoguePlayer.play(dialogue, redactor: Redactor.none) { octets in
                [Array(octets.prefix(position)), Array(octets.dropFirst(position))]
            }
            guard outcome == whole else {
                Issue.record("cut at \(position): \(FactLines.of(outcome)) \(outcome.differences)")
                return
            }
        }
    }
}
