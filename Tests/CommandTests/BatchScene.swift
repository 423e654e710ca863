import Foundation
import MailLoopback
import MailModel
import MailTestSupport

/// Many mailboxes at one server, a stand-in of the API, all on loopback, and a file of accounts.
struct BatchScene: Sendable {
    static let key = "cs_live_4f2a9c7e1b"

    let api: RegistrationPeer
    let smtp: MailPeer
    let imap: MailPeer
    let folder: URL
    private let internet: LoopbackInternet
    let routes: LoopbackRoutes

    /// Whose mailbox it is: of every tenth account the password in the file is wrong.
    struct User: Sendable {
        var number: Int
        var address: String { "user\(number)@many.test" }
        var password: String { "S3cret-\(number)-é" }
        var written: String { isWrong ? "wrong-\(number)-pw" : password }
        var isWrong: Bool { number % 10 == 0 }
    }

    let users: [User]

    init(
        _ count: Int, faults: [RegistrationFault] = [], tell: @escaping @Sendable (RegistrationEvent) -> Void = { _ in }
    )
        async throws
    {
        users = (1...count).map { User(number: $0) }
        let authority = try CertificateAuthority()
        let mail = try authority.issue(CertificateRequest(names: ["mail.many.test"]))
        let known = users.map { MailBehaviourUser(username: $0.address, password: $0.password) }
        api = RegistrationPeer(
            certificate: try authority.issue(CertificateRequest(names: ["api.many.test"])), faults: faults,
            allowsDuplicates: true, tell: tell)
        smtp = MailPeer(MailBehaviour(.smtp, users: known), tls: PeerTLS(mail))
        imap = MailPeer(MailBehaviour(.imap, users: known), tls: PeerTLS(mail, isImplicit: true))
        internet = LoopbackInternet(
            sites: [
                LoopbackSite(host: "mail.many.test", port: 587, peer: smtp),
                LoopbackSite(host: "mail.many.test", port: 993, peer: imap),
                LoopbackSite(host: "api.many.test", port: 443, peer: api),
            ], zone: [DNSZoneRecord("many.test", .mx(preference: 10, exchange: "mail.many.test"))])
        routes = try await internet.start()
        folder = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(authority.certificatePEM.utf8).write(to: folder.appending(path: "ca.pem"))
        try write(rows(users), to: "accounts.csv")
    }

    /// Runs a body with a scene that is gone behind it.
    static func with<Result>(
        _ count: Int, faults: [RegistrationFault] = [],
        tell: @escaping @Sendable (RegistrationEvent) -> Void = { _ in }, _ body: (BatchScene) async throws -> Result
    ) async throws -> Result {
        let scene = try await BatchScene(count, faults: faults, tell: tell)
        do {
            let result = try await body(scene)
            await scene.close()
            return result
        } catch {
            await scene.close()
            throw error
        }
    }

    private func close() async {
        await internet.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    func port(_ host: String, _ port: Int) -> Int { routes.addresses.place(host: host, port: port).port }

    static let header =
        "Email,First Name,Last Name,SMTP Username,SMTP Password,SMTP Host,SMTP Port,SMTP TLS,IMAP Host,IMAP Port,IMAP TLS\r\n"

    /// The rows of users, as a spreadsheet writes them.
    func rows(_ users: [User]) -> String {
        Self.header
            + users.map { user in
                [
                    user.address, "=User", "\(user.number)", user.address, user.written, "mail.many.test",
                    "\(port("mail.many.test", 587))", "starttls", "mail.many.test", "\(port("mail.many.test", 993))",
                    "ssl",
                ].joined(separator: ",") + "\r\n"
            }.joined()
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func text(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

    /// The arguments of `batch` for the file of all accounts.
    func arguments(_ more: [String] = [], file: String = "accounts.csv") -> [String] {
        [
            "batch", path(file), "--resolver", "\(routes.resolver)", "--ca-file", path("ca.pem"),
            "--api-url", "https://api.many.test:\(port("api.many.test", 443))",
        ] + more
    }

    var environment: [String: String] {
        [
            "COLDSEND_API_KEY": Self.key, "LANG": "C.UTF-8", "XDG_STATE_HOME": path("state"),
            "HOME": folder.path,
        ]
    }

    /// Runs `batch --json` to its end.
    func batch(_ more: [String] = [], file: String = "accounts.csv") async throws -> BatchOutput {
        BatchOutput(try await ToolProcess(arguments(["--json"] + more, file: file), environment: environment))
    }

    /// How often each user's password came to the servers.
    func logins() -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in smtp.received + imap.received {
            for user in users where line.contains(user.address) || line.contains(Self.plain(user)) {
                counts[user.address, default: 0] += 1
            }
        }
        return counts
    }

    private static func plain(_ user: User) -> String {
        Data("\0\(user.address)\0\(user.written)".utf8).base64EncodedString()
    }
}

/// What `batch --json` printed: a row a line, and the summary.
struct BatchOutput: Sendable {
    let status: Int32
    let lines: [String]
    let error: String

    init(_ process: ToolProcess) {
        status = process.status
        error = process.error
        lines = process.output.split(separator: "\n").map(String.init)
    }

    private static func object(_ line: String) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
    }

    /// Rows by their number.
    func row(_ number: Int) -> [String: Any]? {
        lines.map(Self.object).first { $0["row"] as? Int == number }
    }

    /// The numbers of the rows, as they came.
    var numbers: [Int] { lines.compactMap { Self.object($0)["row"] as? Int } }

    /// The verdict of each row, `bad` for one that could not be used.
    var verdicts: [Int: String] {
        var result: [Int: String] = [:]
        for line in lines {
            let object = Self.object(line)
            guard let row = object["row"] as? Int else { continue }
            result[row] = object["verdict"] as? String ?? "bad"
        }
        return result
    }

    /// A number of the summary.
    func summary(_ key: String) -> Int? {
        (Self.object(lines.last ?? "")["summary"] as? [String: Any])?[key] as? Int
    }

    /// The status of each row's registration.
    var registrations: [Int: String] {
        var result: [Int: String] = [:]
        for line in lines {
            let object = Self.object(line)
            guard let row = object["row"] as? Int else { continue }
            result[row] = (object["registration"] as? [String: Any])?["status"] as? String
        }
        return result
    }
}
