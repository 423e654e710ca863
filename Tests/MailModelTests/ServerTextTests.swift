import MailModel
import Testing

struct ServerTextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let octets: [UInt8]
        let escaped: String
        var testDescription: String { escaped }

        init(_ octets: [UInt8], _ escaped: String) {
            self.octets = octets
            self.escaped = escaped
        }

        init(_ text: String, _ escaped: String) { self.init(Array(text.utf8), escaped) }
    }

    @Test(arguments: [
        Case("", ""),
        Case("250 ok", "250 ok"),
        Case("a\tb", "a b"),
        Case("a\0b\u{7}\r\n", "a\\x00b\\x07\\x0D\\x0A"),
        Case("\u{1B}[31m", "\\x1B[31m"),
        Case("\u{7F}\u{9B}", "\\x7F\\x9B"),
        Case("grüße 日本 🙂", "grüße 日本 🙂"),
        Case("a\u{202E}b\u{200B}c\u{2066}\u{FEFF}", "a\\u{202E}b\\u{200B}c\\u{2066}\\u{FEFF}"),
        Case("\u{2028}\u{2029}\u{E0041}", "\\u{2028}\\u{2029}\\u{E0041}"),
        Case("back\\slash", "back\\slash"),
        Case([0x67, 0x72, 0xFC, 0xDF, 0x65], "gr\\xFC\\xDFe"),
        Case([0xC3], "\\xC3"),
        Case([0xE2, 0x82, 0x41], "\\xE2\\x82A"),
        Case([0xC0, 0x80], "\\xC0\\x80"),
        Case([0xED, 0xA0, 0x80, 0x41], "\\xED\\xA0\\x80A"),
        Case([0xF5, 0x80, 0x41, 0xC3, 0xA4], "\\xF5\\x80Aä"),
    ])
    func octetsAreEscaped(_ testCase: Case) {
        let text = ServerText(octets: testCase.octets)
        #expect(text.escaped == testCase.escaped)
        #expect(text.description == testCase.escaped)
    }

    /// Escaping what is escaped changes nothing, so that a text may go through twice.
    @Test func escapingTwiceIsEscapingOnce() {
        let once = ServerText("a\0\u{202E}\\x00\u{1B}ü")
        #expect(ServerText(once.escaped) == once)
    }

    @Test func everyScalarIsSafe() {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl = scalar.properties.generalCategory == .control
            let isSeparator = [.lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            if isControl || isSeparator { #expect(!ServerText(String(scalar)).escaped.unicodeScalars.contains(scalar)) }
        }
    }

    @Test func longTextIsCutAndSaysSo() {
        let text = ServerText(octets: Array(repeating: 0x61, count: 10), limit: 4)
        #expect(text.escaped == "aaaa [+6 octets]")
        #expect(ServerText(octets: Array(repeating: 0x61, count: 4), limit: 4).escaped == "aaaa")
    }
}
