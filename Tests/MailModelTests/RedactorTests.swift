import Foundation
import MailModel
import Testing

struct RedactorTests {
    private static let secret = "p&ss \"w/rd\\ü"

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    struct Case: Sendable, CustomTestStringConvertible {
        let secret: String
        let text: String
        let expected: String
        var testDescription: String { text.debugDescription }
    }

    @Test(arguments: [
        Case(secret: "hunter2", text: "no hunter2 here", expected: "no [redacted] here"),
        Case(secret: "hunter2", text: "HUNTER2hunter2", expected: "[redacted]"),
        Case(secret: "hunter2", text: "hunter 2", expected: "hunter 2"),
        Case(secret: "Älice", text: "ÄLICE älice Älice", expected: "[redacted] [redacted] [redacted]"),
        Case(secret: "a b+c", text: "p=a%20b%2Bc&q=a+b%2bc", expected: "p=[redacted]&q=[redacted]"),
        Case(secret: "a\"b\\c", text: "\"a\\\"b\\\\c\"", expected: "\"[redacted]\""),
        Case(secret: "a/b/c", text: "{\"p\":\"a\\/b\\/c\"}", expected: "{\"p\":\"[redacted]\"}"),
        Case(secret: "<a&'b>", text: "&lt;a&amp;'b&gt; &lt;a&amp;&#39;b&gt;", expected: "[redacted] [redacted]"),
        Case(secret: "a\tbc", text: "a\tbc", expected: "[redacted]"),
        Case(secret: "abcabd", text: "abcabcabd", expected: "abc[redacted]"),
        Case(secret: "ab", text: "ab abab", expected: "ab abab"),
        Case(secret: "", text: "text", expected: "text"),
    ])
    func formsAreMasked(_ testCase: Case) {
        let redactor = Redactor(secrets: [Secret(testCase.secret)])
        #expect(redactor.redact(testCase.text) == testCase.expected)
    }

    /// At each alignment, and whatever stands before and behind: nothing of the blob is left.
    @Test(
        arguments: ["", "a", "ab", "abc", "\0jane@example.com\0", "user=jane\u{1}auth=Bearer "],
        ["", "x", "\u{1}\u{1}"])
    func blobsAreMaskedWhole(_ before: String, _ behind: String) {
        let redactor = Redactor(secrets: [Secret("correct-horse")])
        let blob = Self.base64(before + "correct-horse" + behind)
        let urlSafe = blob.replacing("+", with: "-").replacing("/", with: "_")
        #expect(redactor.redact("535 \(blob) is wrong") == "535 [redacted] is wrong")
        #expect(redactor.redact("(\(blob.uppercased()))") == "([redacted])")
        #expect(redactor.redact("\"\(urlSafe)\"") == "\"[redacted]\"")
    }

    @Test func overlappingSecretsAreMaskedTogether() {
        let redactor = Redactor(secrets: [Secret("abcd"), Secret("cdefgh"), Secret("bc")])
        #expect(redactor.redact("xabcdefghx") == "x[redacted]x")
    }

    @Test func awkwardSecretIsFoundInEveryForm() {
        let redactor = Redactor(secrets: [Secret(Self.secret)])
        let percent = Self.secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for form in [Self.secret, percent, percent.lowercased(), Self.base64("\0jane\0" + Self.secret)] {
            #expect(redactor.redact("<\(form)>") == "<[redacted]>", "\(form)")
        }
    }

    /// Half a secret at the place where a long text is cut would not be found.
    @Test func longTextsAreCutLast() {
        let redactor = Redactor(secrets: [Secret("correct-horse")])
        for offset in 4_080...4_100 {
            let octets = Array(repeating: UInt8(ascii: " "), count: offset) + Array("correct-horse".utf8)
            #expect(!redactor.text(octets).escaped.contains("co"), "\(offset)")
        }
    }

    @Test func octetsAreEscapedToo() {
        let redactor = Redactor(secrets: [Secret("correct-horse")])
        #expect(redactor.text(Array("a\0correct-horse\u{1B}".utf8)).escaped == "a\\x00[redacted]\\x1B")
        #expect(Redactor.none.text(Array("a\0".utf8)).escaped == "a\\x00")
    }

    @Test func nothingIsPrinted() {
        let redactor = Redactor(secrets: [Secret("correct-horse")])
        var text = String(describing: redactor) + String(reflecting: redactor)
        dump(redactor, to: &text)
        #expect(!text.contains("horse"))
        #expect(Mirror(reflecting: redactor).children.isEmpty)
    }
}
