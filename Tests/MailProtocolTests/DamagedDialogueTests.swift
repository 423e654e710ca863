import MailModel
import Testing

@testable import MailProtocol

/// The dialogues with the server's octets damaged at random, the same way in each run.
///
/// Whatever comes, no session traps, what it learns does not depend on how the network cuts it, and no secret is told.
struct DamagedDialogueTests {
    /// A linear congruential generator (Knuth's constants).
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 | state << 31
        }
    }

    private static let interesting = Array("\r\n\0 -+*{}[]()\"\\=0259a\u{FC}".utf8)

    @Test(arguments: DialogueTests.all)
    func damage(_ dialogue: Dialogue) {
        for seed in 1...10 {
            var dice = Dice(state: UInt64(seed))
            let damaged = dialogue.mapServer { Self.damage($0, &dice) }
            let whole = DialoguePlayer.play(damaged) { [$0] }
            let piecemeal = DialoguePlayer.play(damaged) { $0.map { [$0] } }
            // An answer that is there before its command is one only as long as it has come by then.
            if whole.record.failure?.failure.isEarlyPlaintext != true {
                #expect(whole == piecemeal, "seed \(seed)")
            }
            var text = whole.shown.joined()
            dump(whole.record, to: &text)
            #expect(!text.contains(dialogue.secret.revealed), "seed \(seed)")
        }
    }

    private static func damage(_ octets: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var result = octets
        for _ in 0..<Int.random(in: 0...3, using: &dice) where !result.isEmpty {
            let position = result.indices.randomElement(using: &dice) ?? 0
            let octet = interesting.randomElement(using: &dice) ?? 0
            switch Int.random(in: 0...3, using: &dice) {
            case 0: result[position] = octet
            case 1: result.insert(octet, at: position)
            case 2: result.remove(at: position)
            default: result += result[position...]
            }
        }
        return result
    }
}

extension Failure {
    fileprivate var isEarlyPlaintext: Bool {
        if case .violation(.injectedPlaintext, _) = self { true } else { false }
    }
}
