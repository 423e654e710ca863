import Foundation
import MailLoopback
import MailModel
import MailTestSupport

/// A mailbox that works, its servers and a strict stand-in of the API, all on loopback, and the tool as a process.
struct AddScene: Sendable {
    static let address = "jane@kill.test"
    static let password = "S3nd me+plus/1 é\"q"
    static let key = "cs_live_4f2a9c7e1b"

    let api: RegistrationPeer
    let smtp: any LoopbackPeer
    let imap: MailPeer
    let folder: URL
    private let internet: LoopbackInternet
    let routes: LoopbackRoutes

    /// How a scene differs from the usual one.
    struct Setup: Sendable {
        var faults: [RegistrationFault] = []
        var repeatsFault = false
        var allowsDuplicates = false
        var startTLSForIMAP = false
        /// What the SMTP server says instead of the usual.
        var smtpScript: String?
        var tell: @Sendable (RegistrationEvent) -> Void = { _ in }
    }

    init(_ setup: Setup = Setup()) async throws {
        let authority = try CertificateAuthority()
        let mail = try authority.issue(CertificateRequest(names: ["mail.kill.test"]))
        let user = MailBehaviourUser(username: Self.address, password: Self.password)
        api = RegistrationPeer(
            certificate: try authority.issue(CertificateRequest(names: ["api.kill.test"])), faults: setup.faults,
            repeatsFault: setup.repeatsFault, allowsDuplicates: setup.allowsDuplicates, tell: setup.tell)
        if let script = setup.smtpScript {
            smtp = MailPeer(script: try Dialogue(script), tls: PeerTLS(mail))
        } else {
            smtp = MailPeer(MailBehaviour(.smtp, users: [user]), tls: PeerTLS(mail))
        }
        imap = MailPeer(
            MailBehaviour(.imap, users: [user]), tls: PeerTLS(mail, isImplicit: !setup.startTLSForIMAP))
        internet = LoopbackInternet(
            sites: [
                LoopbackSite(host: "mail.kill.test", port: 587, peer: smtp),
                LoopbackSite(host: "mail.kill.test", port: 993, peer: imap),
                LoopbackSite(host: "api.kill.test", port: 443, peer: api),
            ], zone: [DNSZoneRecord("kill.test", .mx(preference: 10, exchange: "mail.kill.test"))])
        routes = try await internet.start()
        folder = FileManager.default.temporaryDirectory.appending(path: "add-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(authority.certificatePEM.utf8).write(to: folder.appending(path: "ca.pem"))
        security = setup.startTLSForIMAP ? "starttls" : "tls"
    }

    private let security: String

    /// Where the tool keeps its journal.
    var journal: String { folder.appending(path: "state/mailconnect/journal.sqlite").path }

    /// Runs a body with a scene that is gone behind it.
    static func with<Result>(
        _ setup: Setup = Setup(), _ body: (AddScene) async throws -> Result
    ) async throws -> Result {
        let scene = try await AddScene(setup)
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

    /// The arguments of `add`.
    func arguments(_ more: [String] = []) -> [String] {
        [
            "add", Self.address, "--display-name", "Jane \"Doe\"", "--resolver", "\(routes.resolver)",
            "--ca-file", folder.appending(path: "ca.pem").path,
            "--smtp", "mail.kill.test:\(port("mail.kill.test", 587))/starttls",
            "--imap", "mail.kill.test:\(port("mail.kill.test", 993))/\(security)",
            "--api-url", "https://api.kill.test:\(port("api.kill.test", 443))",
        ] + more
    }

    /// The environment of the tool.
    var environment: [String: String] {
        [
            "MAILCONNECT_PASSWORD": Self.password, "COLDSEND_API_KEY": Self.key, "LANG": "C.UTF-8",
            "XDG_STATE_HOME": folder.appending(path: "state").path, "HOME": folder.path,
        ]
    }

    /// Runs `add` to its end.
    func add(_ more: [String] = []) async throws -> AddResult {
        AddResult(try await ToolProcess(arguments(["--json"] + more), environment: environment))
    }

    /// Runs another command.
    func run(_ arguments: [String]) async throws -> ToolProcess {
        try await ToolProcess(arguments, environment: environment)
    }

    /// Everything that the tool wrote into its state directory.
    func stateOctets() throws -> [UInt8] {
        let state = folder.appending(path: "state/mailconnect")
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: state.path) else { return [] }
        return try names.flatMap { Array(try Data(contentsOf: state.appending(path: $0))) }
    }

    /// Every form in which a secret could stand somewhere.
    static let secretForms: [String] = {
        let sasl = Data("\0\(address)\0\(password)".utf8).base64EncodedString()
        return [password, key].flatMap { secret in
            [
                secret, Data(secret.utf8).base64EncodedString(),
                secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
                secret.replacing("\"", with: "\\\""),
            ]
        } + [sasl]
    }()
}

/// What `add --json` said and left with.
struct AddResult: Sendable {
    let status: Int32
    let output: String
    let error: String

    init(_ process: ToolProcess) {
        status = process.status
        output = process.output
        error = process.error
    }

    /// A member of the registration's object.
    func registration(_ key: String) -> Any? {
        let report = try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        return (report?["registration"] as? [String: Any])?[key]
    }

    var state: String? { registration("status") as? String }
    var reason: String { registration("reason") as? String ?? "" }
    var notes: [String] { registration("notes") as? [String] ?? [] }
}
