public import MailModel

/// A reply of a real server that a signature must match, as it was on the wire, without tag and line ends.
///
/// SMTP: `535-5.7.8 Not accepted` and `535 5.7.8 See ...` on lines of their own. IMAP: `NO [ALERT] Not accepted`, with
/// `* ` before an untagged one. Anything else is a text without a code.
public struct SignatureExample: Hashable, Sendable {
    /// The text as the catalogue has it.
    public let text: String

    /// Takes a reply as it stands.
    ///
    /// - Parameter text: The reply.
    init(_ text: String) { self.text = text }

    /// The same in parts: worked out when it is asked for, which only those do who check signatures.
    public var reply: ServerReply {
        Self.smtp(text.split(separator: "\n")) ?? Self.imap(text) ?? ServerReply(text: ServerText(text))
    }

    private static func smtp(_ lines: [Substring]) -> ServerReply? {
        guard let code = lines.first.flatMap({ Int($0.prefix(3)) }), (200...599).contains(code) else { return nil }
        var enhancedCode: String?
        var texts: [Substring] = []
        for line in lines {
            var rest = line.dropFirst(4).drop { $0 == " " }
            let length = EnhancedCode.length(in: rest)
            if length > 0 {
                enhancedCode = enhancedCode ?? String(rest.prefix(length))
                rest = rest.dropFirst(length).drop { $0 == " " }
            }
            texts.append(rest)
        }
        return ServerReply(code: code, enhancedCode: enhancedCode, text: ServerText(texts.joined(separator: " ")))
    }

    private static func imap(_ text: String) -> ServerReply? {
        let line = text.hasPrefix("* ") ? text.dropFirst(2) : text[...]
        let status = line.prefix { $0 != " " }
        guard ["OK", "NO", "BAD", "BYE"].contains(status) else { return nil }
        var rest = line.dropFirst(status.count).drop { $0 == " " }
        var responseCode: String?
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            responseCode = rest[rest.index(after: rest.startIndex)..<end].prefix { $0 != " " }.uppercased()
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        return ServerReply(status: String(status), responseCode: responseCode, text: ServerText(String(rest)))
    }
}

/// The form of an enhanced status code: `class.subject.detail` (RFC 3463, section 2).
enum EnhancedCode {
    /// How many characters at the start of a text are an enhanced status code.
    ///
    /// - Parameter text: A text such as `5.7.8 Error`.
    /// - Returns: The length, 0 when there is none.
    static func length(in text: Substring) -> Int {
        let word = text.prefix { $0 != " " }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, ["2", "4", "5"].contains(parts[0]) else { return 0 }
        let numbers = parts.dropFirst().allSatisfy { (1...3).contains($0.utf8.count) && $0.allSatisfy(\.isASCIIDigit) }
        return numbers ? word.utf8.count : 0
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
