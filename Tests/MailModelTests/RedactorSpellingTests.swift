import Foundation
import MailModel
import Testing

@Suite("A secret in every spelling that a server may answer with")
struct RedactorSpellingTests {
    private static let secret = "Gé\"h\\eim ‹&'%+/ß> Wört~42 ☃"

    private static func percent(_ allowed: String) -> String {
        let set = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + allowed)
        return secret.addingPercentEncoding(withAllowedCharacters: set) ?? ""
    }

    static let spellings = [
        secret, percent("-._~"), percent("-._~/"), percent(""),
        #"G\u00e9\"h\\eim \u2039&'%+/\u00df> W\u00f6rt~42 \u2603"#,
        #"Gé"h\\eim ‹&\'%+/ß> Wört~42 ☃"#,
        #"Gé\"h\\eim ‹&'%+\/ß> Wört~42 ☃"#,
        Data(secret.utf8).base64EncodedString(),
        secret.decomposedStringWithCanonicalMapping,
    ]

    @Test(arguments: spellings) func isMasked(_ spelling: String) {
        let redactor = Redactor(secrets: [Secret(Self.secret)])
        #expect(redactor.redact("535 no: \(spelling)!") == "535 no: \(Redactor.mask)!")
    }

    @Test(arguments: ["a1", "ab1", "x"]) func aShortSecretIsMaskedInsideItsBlobs(_ secret: String) {
        let redactor = Redactor(secrets: [Secret(secret)], usernames: ["jane@example.com"])
        let messages = [
            "\0jane@example.com\0\(secret)", "user=jane@example.com\u{1}auth=Bearer \(secret)\u{1}\u{1}",
            "n,a=jane@example.com,\u{1}auth=Bearer \(secret)\u{1}\u{1}",
        ]
        for message in messages {
            let blob = Data(message.utf8).base64EncodedString()
            #expect(!redactor.redact("535 \(blob) no").contains(blob.prefix(12)))
        }
    }
}
