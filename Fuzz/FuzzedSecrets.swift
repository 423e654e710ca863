import Foundation
import MailDiagnosis
import MailModel

/// Pasted texts, whose secrets nobody has told.
enum FuzzedMasks {
    /// Masked once more, a text stays as it is.
    static func mask(_ octets: [UInt8]) {
        let masked = PasteMask.masked(String(decoding: octets, as: UTF8.self))
        if PasteMask.masked(masked) != masked { fatalError("a masked text is masked differently") }
    }
}

/// Texts of servers that give a secret back.
enum FuzzedRedactor {
    /// The first line is a secret, the rest is what the server says around it. Whatever that is, no spelling of the secret
    /// that stands between blanks is left.
    static func redact(_ octets: [UInt8]) {
        let parts = octets.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let secret = String(decoding: parts[0].prefix(64), as: UTF8.self)
        let text = String(decoding: parts.count > 1 ? parts[1] : [], as: UTF8.self)
        let redactor = Redactor(secrets: [Secret(secret)], usernames: ["jane@example.com"])
        let lines = text.utf8.split(separator: 0x0A).map { Array($0) }
        if redactor.texts(lines, heads: lines.map { min(4, $0.count) }).count != lines.count {
            fatalError("a line is missing")
        }
        guard secret.count >= 3, secret.utf8.count >= 5 else { return }
        for spelling in spellings(secret) where !Redactor.mask.contains(spelling.lowercased()) {
            // A line of its own, so that no escape of the text runs into it.
            let redacted = redactor.redact("\(text)\n(\(spelling))\n\(text)")
            if redacted.contains("(\(spelling))") { fatalError("a spelling of the secret is left") }
        }
    }

    private static func spellings(_ secret: String) -> [String] {
        let hex = secret.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let units = secret.utf16.map {
            "\\u" + String(repeating: "0", count: 4 - String($0, radix: 16).count) + String($0, radix: 16)
        }
        return [
            secret, hex.joined(), hex.map { "%" + $0 }.joined(), hex.map { "\\x" + $0 }.joined(), units.joined(),
            secret.unicodeScalars.map { "&#\($0.value);" }.joined(), Data(secret.utf8).base64EncodedString(),
            secret.lowercased() == secret ? secret.uppercased() : secret.lowercased(),
        ]
    }
}
