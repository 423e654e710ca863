import Foundation
import MailDiagnosis
import Testing

/// A text is read in the encoding in which it was saved.
@Suite struct PastedEncodingTests {
    static let text = "535 5.7.8 Anmeldung ungültig\r\nsmtp"

    static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isLittle ? [low, high] : [high, low]
        }
    }

    static let cases: [(name: String, octets: [UInt8])] = [
        ("UTF-8", Array(text.utf8)), ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
        ("UTF-16 little", utf16(text, isLittle: true)), ("UTF-16 big", utf16(text, isLittle: false)),
        ("UTF-16 little with a mark", [0xFF, 0xFE] + utf16(text, isLittle: true)),
        ("UTF-16 big with a mark", [0xFE, 0xFF] + utf16(text, isLittle: false)),
        ("Latin-1", text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
    ]

    @Test(arguments: cases.indices) func isRead(index: Int) {
        #expect(PastedEncoding.text(of: Self.cases[index].octets) == Self.text, "\(Self.cases[index].name)")
    }

    @Test(
        arguments: [[], [0], [0xFF], [0xFF, 0xFE], [0xFF, 0xFE, 0x41], [0, 0, 0, 0], [0x80, 0x81, 0x82]] as [[UInt8]])
    func nothingIsTooOdd(octets: [UInt8]) { #expect(PastedEncoding.text(of: octets).utf8.count <= 3 * octets.count) }
}
