internal import Foundation
internal import MailLoopback

/// The folder of one lab: the templates of `fixtures/lab` filled in, certificates, users, the wire's program.
struct LabFolder: Sendable {
    /// The folder's path. The process's id at its end tells a later run whether the folder is still in use.
    let path: String

    /// Where the templates and scripts are.
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures/lab").path

    private static let good = [
        "smtp.gmail.com", "imap.gmail.com", "smtp.office365.com", "outlook.office365.com", "autodiscover.outlook.com",
        "autodiscover-s.outlook.com", "autoconfig.autoconf.test", "*.hoster.test", "*.plain.test", "*.sixfirst.test",
        "*.tcponly.test", "*.nostarttls.test", "*.noauth.test", "*.cleartext.test", "*.limited.test",
        "api.coldsend.pro", "api.coldsend.test",
    ]

    /// Makes the folder and fills it.
    ///
    /// - Throws: A file error, `CertificateError`, or `LabError` when the wire's program does not compile.
    init() async throws {
        path = "/tmp/mailconnect-lab-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try fillTemplates()
        try writeCertificates()
        try writeUsers()
        let wire = ["-O2", "-o", "\(path)/delaywire", "\(Self.fixtures)/delaywire.c"]
        _ = try await LabProgram(name: "cc", arguments: wire).succeed()
    }

    private func fillTemplates() throws {
        let files = FileManager.default.enumerator(atPath: Self.fixtures)
        while let file = files?.nextObject() as? String {
            guard let template = try? String(contentsOfFile: "\(Self.fixtures)/\(file)", encoding: .utf8) else {
                continue
            }
            try write(template.replacingOccurrences(of: "@LAB@", with: path), to: file)
        }
    }

    private func writeCertificates() throws {
        let authority = try CertificateAuthority(commonName: "mailconnect lab CA")
        try write(authority.certificatePEM, to: "certificates/ca.pem")
        var selfSigned = CertificateRequest(names: ["mail.selfsigned.test"])
        selfSigned.issuerIsSelf = true
        let requests: [(String, CertificateRequest)] = [
            ("good", CertificateRequest(names: Self.good)), ("expired", .expired(names: ["mail.expired.test"])),
            ("wrongname", CertificateRequest(names: ["mail.elsewhere.test"])), ("selfsigned", selfSigned),
        ]
        for (name, request) in requests {
            let issued = try authority.issue(request)
            try write(issued.chainPEM, to: "certificates/\(name).pem")
            try write(issued.privateKeyPEM, to: "certificates/\(name).key")
        }
    }

    /// Writes one file of users for each of Dovecot's services, passwd-file format. "smtp" is Postfix asking: it would
    /// let a user in whom Dovecot marks as `nologin`, so disabled users are unknown there.
    private func writeUsers() throws {
        let users = LabUsers().all
        let imap = users.map { line($0, $0.imapPassword) }
        let submission = users.map { line($0, $0.smtpPassword) }
        let smtp = users.filter { !$0.isDisabled }.map { line($0, $0.smtpPassword) }
        for (service, lines) in [("imap", imap), ("submission", submission), ("smtp", smtp)] {
            try write(lines.joined(separator: "\n") + "\n", to: "dovecot/\(service).passwd")
        }
        try write(Data(LabToken.key.utf8).base64EncodedString(), to: "dovecot/keys/default/HS256/default")
    }

    /// The reason has no spaces because Dovecot splits the line's last field at them.
    private func line(_ user: LabUser, _ password: String) -> String {
        "\(user.address):{PLAIN}\(password)::::::\(user.isDisabled ? " nologin reason=Account_is_disabled." : "")"
    }

    private func write(_ text: String, to file: String) throws {
        let target = URL(filePath: path).appending(path: file)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
    }
}
