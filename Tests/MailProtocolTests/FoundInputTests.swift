import Foundation
import MailModel
import MailProtocol
import Testing

/// Inputs that fuzzing found: each ends without a trap and keeps the password out of what is kept.
@Suite struct FoundInputTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "fixtures/fuzz")

    static let files: [String] = ["smtp", "imap", "autoconfig", "autodiscover", "pacc", "policy"].flatMap { target in
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: target).path)
        return (names ?? []).sorted().map { target + "/" + $0 }
    }

    @Test func thereAreInputs() { #expect(Self.files.count > 5) }

    @Test(arguments: files) func isReadToItsEnd(file: String) throws {
        let octets = Array(try Data(contentsOf: Self.folder.appending(path: file)))
        switch file.split(separator: "/").first {
        case "smtp": #expect(!Self.record(of: octets, SMTPSession(Self.configuration)).contains(Self.password))
        case "imap": #expect(!Self.record(of: octets, IMAPSession(Self.configuration)).contains(Self.password))
        case "autoconfig": _ = try? AutoconfigDocument(octets: octets)
        case "autodiscover": _ = try? AutodiscoverDocument(octets: octets)
        case "pacc": _ = try? PACCDocument(octets: octets)
        default:
            let text = String(decoding: octets, as: UTF8.self)
            _ = SPFRecord.sole(in: [text])
            _ = DMARCRecord.sole(in: [text])
            _ = DKIMKeyRecord(record: text)
            _ = AuthenticationResults(header: octets)
        }
    }

    private static let password = "Tr0ub4dor-and-3"

    private static let configuration = SessionConfiguration(
        security: .starttls, clientName: "[192.0.2.1]",
        redactor: Redactor(secrets: [Secret(password)], usernames: ["jane@example.com"]))

    /// Plays the pieces of an input, which zero octets part, to a session; the session's record as text.
    private static func record(of octets: [UInt8], _ session: some MailSession) -> String {
        var session = session
        var step = session.start(secured: false)
        for piece in octets.split(separator: 0, omittingEmptySubsequences: false) {
            for _ in 0..<100 {
                switch step {
                case .send: step = session.receive([])
                case .startTLS: step = session.tlsEstablished()
                case .ready:
                    guard let channel = VerifiedChannel(.trusted), session.stage != .mailbox else { break }
                    step = session.authenticate(
                        username: "jane@example.com", credential: .password(Secret(password)), over: channel)
                case .pause, .wait, .finished, .stopped: break
                }
            }
            guard case .wait = step else { break }
            step = session.receive(Array(piece))
        }
        return "\(session.record)"
    }
}
