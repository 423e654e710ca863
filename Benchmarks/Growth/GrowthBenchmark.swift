import Foundation
import MailDiagnosis
import MailJSON
import MailModel
import MailProtocol
import ProviderCatalog

/// Times everything that reads strangers' text on texts that repeat one thing, at 64 kB, 256 kB and 1 MB, and prints how the
/// time grows. Sixteen times the text may take sixteen times as long; what takes much longer is not linear, and ends the
/// program with status 1.
///
/// Usage, from the top folder: `swift run -c release GrowthBenchmark [READER]`.
@main
struct GrowthBenchmark {
    private static let sizes = [65_536, 262_144, 1_048_576]
    /// A ratio above it is no noise of the machine.
    private static let most = 40.0
    /// Times below it are: milliseconds.
    private static let least = 20.0

    static func main() throws {
        let wanted = CommandLine.arguments.dropFirst().first
        let readers = try Reader.all().filter { wanted == nil || $0.name == wanted }
        var bad: [String] = []
        for reader in readers {
            print("\(reader.name): ms at 64 kB, 256 kB, 1 MB, and the ratio of the last to the first")
            for shape in Shape.all {
                let times = sizes.map { time(reader, shape.text(of: $0)) }
                let ratio = times[2] / max(times[0], 0.001)
                let isBad = ratio > most && times[2] > least
                if isBad { bad.append("\(reader.name) \(shape.name)") }
                let columns = times.map { String(format: "%9.2f", $0) }.joined()
                let name = shape.name.padding(toLength: 24, withPad: " ", startingAt: 0)
                print("  \(name)\(columns)\(String(format: "%8.1f", ratio))\(isBad ? "  <-- not linear" : "")")
            }
        }
        guard bad.isEmpty else {
            print("not linear: \(bad.joined(separator: ", "))")
            exit(1)
        }
    }

    /// The better of two timings, in milliseconds.
    private static func time(_ reader: Reader, _ text: [UInt8]) -> Double {
        (0..<2).map { _ in
            let begun = ContinuousClock.now
            reader.read(text)
            return (ContinuousClock.now - begun) / .milliseconds(1)
        }.min() ?? 0
    }
}

/// A text that repeats one thing.
private struct Shape {
    var name: String
    var head = ""
    var unit: String

    func text(of size: Int) -> [UInt8] {
        let unit = Array(unit.utf8)
        var text = Array(head.utf8)
        text.reserveCapacity(size + unit.count)
        while text.count < size { text += unit }
        return Array(text.prefix(size))
    }

    static let all: [Shape] = [
        Shape(name: "535 PWD", head: "535 ", unit: "PWD"), Shape(name: "password", unit: "password"),
        Shape(name: "password:", unit: "invalid password:"), Shape(name: "password=\"", unit: "password=\""),
        Shape(name: "<password>", unit: "<password>"), Shape(name: "password is", unit: "password is "),
        Shape(name: "login", unit: "login "), Shape(name: "a login", unit: "a login "),
        Shape(name: "a1 login u p", unit: "a1 login u p "), Shape(name: "login(", unit: "login("),
        Shape(name: "login('a',", unit: "login('a',"), Shape(name: "curl -u", head: "curl", unit: " -u a:b"),
        Shape(name: "quotation marks", unit: "\""), Shape(name: "two kinds of marks", unit: "'\""),
        Shape(name: "literals", unit: "{9}\r\n"), Shape(name: "base64", unit: "QUJDREVGR0hJSktM"),
        Shape(name: "base64 in lines", unit: "QUJDREVGR0hJSktM\r\n"), Shape(name: "eyJ", unit: "eyJ"),
        Shape(name: "eyJ.", unit: "eyJhbGc."), Shape(name: "-----BEGIN", unit: "-----BEGIN "),
        Shape(name: "private keys", unit: "-----BEGIN PRIVATE KEY-----"), Shape(name: "&#", unit: "&#"),
        Shape(name: "&amp;", unit: "&amp;"), Shape(name: "\\u", unit: "\\u"), Shape(name: "\\u0041", unit: "\\u0041"),
        Shape(name: "backslashes", unit: "\\"), Shape(name: "%25", unit: "%25"), Shape(name: "535-", unit: "535-"),
        Shape(name: "535- in lines", unit: "535-no\r\n"), Shape(name: "* ", unit: "* "),
        Shape(name: "* NO [", unit: "* NO ["),
        Shape(name: "parentheses", unit: "("), Shape(name: "<", unit: "<"),
        Shape(name: "https://a:b@", unit: "https://a:b@"),
        Shape(name: "://a:", unit: "://a:"), Shape(name: "auth plain", unit: "auth plain "),
        Shape(name: "=\\r\\n", unit: "=\r\n"),
        Shape(name: "hexadecimal", unit: "0x61, "), Shape(name: "one letter", unit: "a"),
        Shape(name: "blanks", unit: " "),
        Shape(name: "short lines", unit: "a\n"), Shape(name: "empty lines", unit: "\n"),
        Shape(name: "the secret's beginning", unit: "Tr0ub4dor"), Shape(name: "the secret", unit: "Tr0ub4dor&3xyz"),
        Shape(name: "capabilities", head: "* CAPABILITY", unit: " AUTH=A AUTH=B"),
        Shape(name: "250- in lines", unit: "250-AUTH PLAIN LOGIN\r\n"),
        Shape(name: "literals in a code", head: "* OK [X", unit: " {0}\r\n"),
        Shape(name: "literals in data", head: "* LIST", unit: " {1}\r\n)"),
        Shape(name: "re_", unit: "re_"), Shape(name: "user x PASS", unit: "user x PASS command "),
        Shape(name: "334 in lines", unit: "334 QUJD\r\nQUJDREVG\r\n"),
    ]
}

/// Something that reads a text.
private struct Reader {
    var name: String
    var read: ([UInt8]) -> Void

    static func all() throws -> [Reader] {
        let explainer = Explainer(catalog: try Catalog.load(from: "providers"))
        let redactor = Redactor(
            secrets: [Secret("Tr0ub4dor&3xyz"), Secret("aaaaaaaab")], usernames: ["jane@example.com"])
        return [
            Reader(name: "masks") { _ = PasteMask.masked(String(decoding: $0, as: UTF8.self)) },
            Reader(name: "explain") { _ = explainer.explain(String(decoding: $0, as: UTF8.self)) },
            Reader(name: "redactor") { _ = redactor.redact(String(decoding: $0, as: UTF8.self)) },
            Reader(name: "lines") { text in
                let lines = text.split(separator: 0x0A).map { Array($0) }
                _ = redactor.texts(lines, heads: lines.map { min(4, $0.count) })
            },
            Reader(name: "server text") { _ = ServerText(octets: $0, limit: .max) },
            Reader(name: "smtp") { converse(SMTPSession(configuration(redactor)), $0) },
            Reader(name: "imap") { converse(IMAPSession(configuration(redactor)), $0) },
            Reader(name: "json") { text in
                var writer = JSONWriter(.compact)
                writer.write(.text(String(decoding: text, as: UTF8.self)))
                _ = try? JSONParser.parse(writer.octets, limits: .init(octets: 16 << 20, depth: 8))
                _ = try? JSONParser.parse(text, limits: .init(octets: 16 << 20, depth: 8))
            },
            Reader(name: "xml") { text in
                _ = try? AutoconfigDocument(octets: text)
                _ = try? AutoconfigDocument(octets: Array("<clientConfig><a>".utf8) + text)
                _ = try? AutodiscoverDocument(octets: Array("<Autodiscover><![CDATA[".utf8) + text)
            },
            Reader(name: "origin of a message") {
                _ = AuthenticationResults(header: Array("Authentication-Results: x; ".utf8) + $0)
            },
        ]
    }

    private static func configuration(_ redactor: Redactor) -> SessionConfiguration {
        var limits = SessionConfiguration.Limits()
        // Without them the readers themselves are seen.
        limits.lineLength = 1 << 21
        limits.octetsPerReply = 1 << 22
        limits.linesPerReply = 1 << 22
        return SessionConfiguration(security: .tls, clientName: "[192.0.2.1]", redactor: redactor, limits: limits)
    }

    /// Gives a session a greeting and then the text, in the pieces in which a network brings it.
    private static func converse(_ session: some MailSession, _ text: [UInt8]) {
        var session = session
        _ = session.start(secured: true)
        _ = session.receive(Array((session is SMTPSession ? "220 hi\r\n" : "* OK hi\r\n").utf8))
        for start in stride(from: 0, to: text.count, by: 16_384) {
            _ = session.receive(Array(text[start..<min(start + 16_384, text.count)]))
        }
    }
}
