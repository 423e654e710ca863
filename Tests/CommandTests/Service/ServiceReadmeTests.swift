import Foundation
import MailLoopback
import MailModel
import MailTestSupport
import Testing

/// The README's examples of the service, run one after the other as they stand there.
@Suite(.serialized) struct ServiceReadmeTests {
    /// The commands of the section.
    static let commands: [String] = {
        let text = (try? String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)) ?? ""
        let section = text.components(separatedBy: "## The service").dropFirst().first ?? ""
        let block = section.components(separatedBy: "```sh\n").dropFirst().first ?? ""
        let lines = block.components(separatedBy: "\n```").first?.split(separator: "\n") ?? []
        return lines.filter { !$0.hasPrefix("#") }.map(String.init)
    }()

    /// What shows that an example did what it says, in their order.
    static let signs = [
        #""provider":"#, #""bad_credentials""#, "event: report", #""status":"registered""#, "batch_id",
        "event: summary", #""already_registered""#,
    ]

    private static let password = "app-password-of-jane"

    @Test func thereIsASignForEach() { #expect(Self.commands.count == Self.signs.count) }

    @Test(.enabled(if: geteuid() == 0, "mail servers have ports that only root may listen at"))
    func everyExampleRuns() async throws {
        let authority = try CertificateAuthority()
        let mail = PeerTLS(try authority.issue(CertificateRequest(names: ["mail.example.com"])))
        let implicit = PeerTLS(
            try authority.issue(CertificateRequest(names: ["mail.example.com"])), isImplicit: true)
        let user = MailBehaviourUser(username: "jane@example.com", password: Self.password)
        let api = RegistrationPeer(certificate: try authority.issue(CertificateRequest(names: ["api.example.com"])))
        let internet = LoopbackInternet(
            sites: [
                LoopbackSite(
                    host: "mail.example.com", port: 587, peer: MailPeer(MailBehaviour(.smtp, users: [user]), tls: mail)),
                LoopbackSite(
                    host: "mail.example.com", port: 993,
                    peer: MailPeer(MailBehaviour(.imap, users: [user]), tls: implicit)),
                LoopbackSite(host: "api.example.com", port: 8443, peer: api),
            ],
            zone: [
                DNSZoneRecord("example.com", .mx(preference: 10, exchange: "mail.example.com")),
                DNSZoneRecord(
                    "_submission._tcp.example.com", .srv(priority: 0, weight: 1, port: 587, target: "mail.example.com")),
                DNSZoneRecord(
                    "_imaps._tcp.example.com", .srv(priority: 0, weight: 1, port: 993, target: "mail.example.com")),
            ], usesRealPorts: true)
        let routes = try await internet.start()
        let folder = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.write(authority.certificatePEM, to: folder)
        try await Daemon.with(
            [
                "--resolver", "\(routes.resolver)", "--ca-file", folder.appending(path: "ca.pem").path,
                "--api-url", "https://api.example.com:8443", "--allow-private-addresses", "127.0.0.0/8",
                "--state-directory", folder.path,
            ], environment: ["COLDSEND_API_KEY": "cs_live_4f2a9c7e1b", "HOME": folder.path]
        ) { daemon in
            var batch = ""
            for (command, sign) in zip(Self.commands, Self.signs) {
                let line = command.replacing("127.0.0.1:8025", with: "127.0.0.1:\(daemon.port ?? 0)")
                    .replacing("BATCH_ID", with: batch)
                let result = try await ToolProcess(
                    program: "/bin/sh", ["-c", "cd '\(folder.path)' && \(line)"], environment: ["HOME": folder.path])
                #expect(
                    result.status == 0 && result.output.contains(sign), "\(command): \(result.output)\(result.error)")
                if let found = result.output.firstMatch(of: /"batch_id":"([a-z0-9]+)"/) { batch = String(found.1) }
            }
        }
        await internet.stop()
        #expect(api.posts == 1)
    }

    private static func write(_ roots: String, to folder: URL) throws {
        let files = [
            "ca.pem": roots,
            "check.json": #"{"address": "jane@example.com", "smtp_password": "\#(password)"}"#,
            "account.json":
                #"{"address": "jane@example.com", "smtp_password": "\#(password)", "display_name": "Jane Doe", "#
                + #""accept_warnings": true}"#,
            "accounts.csv":
                "email_address,display_name,smtp_password\njane@example.com,Jane Doe,\(password)\n",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    }
}
