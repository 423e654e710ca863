import MailLoopback
import Testing

/// The dialogue format: what is a file, and which line is wrong when it is none.
@Suite struct LoopbackDialogueFormatTests {
    @Test(arguments: [
        "", "# nothing but a comment\n", "S: 220 hello\r\nC: QUIT\r\n! close\r\n", "[label]\n! goto label",
        "S-base64: AAEC\nS-noeol: x\nS: \\x1b\\\\\\r\\n\\t\\0", "C: {tag} LOGIN *\nC: {base64 user\\0} \\**",
        "! drip 0\nS: x\n! pause 60000\n! flood 1 x y\n! silence\n! reset\n! tls",
        "! on-login a b accepted: x refused: x\n[x]", "C: A else: x\n[x]", "S: 220\n! inject 250 x\n! inject 250 y",
    ])
    func understood(_ text: String) throws { _ = try Dialogue(text) }

    @Test(
        arguments: [
            ("hello", 1), ("S: x\nT: y", 2), ("\n\n! dance", 3), ("S: \\x1", 1), ("S: \\xzz", 1), ("S: x\\", 1),
            ("S-base64: ?", 1), ("! goto nowhere", 1), ("C: A else: nowhere", 1), ("[a]\n[a]", 2), ("[two words]", 1),
            ("[]", 1), ("C: * * * *", 1), ("! pause x", 1), ("! pause 60001", 1), ("! pause -1", 1), ("! drip", 1),
            ("! flood 0 x", 1), ("! flood x", 1), ("! flood 3", 1), ("! inject x", 1), ("C: A\n! inject x", 2),
            ("! on-login a b accepted: x", 1), ("! on-login a b accepted: x refused: y\n[x]", 1), ("!", 1),
        ] as [(String, Int)])
    func lineIsNamed(_ text: String, _ line: Int) throws {
        let error = #expect(throws: DialogueError.self) { try Dialogue(text) }
        #expect(error?.line == line)
    }

    @Test func lengthIsLimited() throws {
        let text = String(repeating: "#", count: Dialogue.maximumLength)
        _ = try Dialogue(text)
        #expect(throws: DialogueError.self) { try Dialogue(text + "#") }
    }
}
