import FoundationEssentials
import Glibc
import MailLoopback
import MailModel
import MailQueue

/// The mailboxes of the fleet's demonstration, on loopback, and the file of their accounts.
struct FleetStage {
    let resolver: String
    /// A port that nobody has at the moment.
    let queuePort: Int
    private let internet: LoopbackInternet
    private let files: URL

    /// Three servers, with the accounts spread over them; of every tenth the password is wrong.
    init(accounts: Int) async throws {
        let hosts = ["one", "two", "three"]
        let authority = try CertificateAuthority()
        var sites: [LoopbackSite] = []
        var zone: [DNSZoneRecord] = []
        for (place, name) in hosts.enumerated() {
            let users = (1...accounts).filter { $0 % hosts.count == place }.map {
                MailBehaviourUser(username: "user\($0)@\(name).test", password: "right-\($0)")
            }
            let host = "mail.\(name).test"
            let issued = try authority.issue(CertificateRequest(names: [host]))
            sites.append(
                LoopbackSite(
                    host: host, port: 587, peer: MailPeer(MailBehaviour(.smtp, users: users), tls: PeerTLS(issued))))
            sites.append(
                LoopbackSite(
                    host: host, port: 993,
                    peer: MailPeer(MailBehaviour(.imap, users: users), tls: PeerTLS(issued, isImplicit: true))))
            zone.append(DNSZoneRecord("\(name).test", .mx(preference: 10, exchange: host)))
        }
        internet = LoopbackInternet(sites: sites, zone: zone)
        let routes = try await internet.start()
        resolver = "\(routes.resolver)"
        files = FileManager.default.temporaryDirectory.appending(path: "mailconnect-fleet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        try Data(authority.certificatePEM.utf8).write(to: files.appending(path: "ca.pem"))
        var lines = ["email_address,smtp_password,smtp_host,smtp_port,imap_host,imap_port"]
        for number in 1...accounts {
            let name = hosts[number % hosts.count]
            let host = "mail.\(name).test"
            let ports = [587, 993].map { routes.addresses.place(host: host, port: $0).port }
            let password = number % 10 == 0 ? "wrong" : "right-\(number)"
            lines.append("user\(number)@\(name).test,\(password),\(host),\(ports[0]),\(host),\(ports[1])")
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: files.appending(path: "accounts.csv"))
        let key = files.appending(path: "fleet.key").path
        guard
            FileManager.default.createFile(
                atPath: key, contents: Data(KeyFile.newLine().revealed.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure(.outputFailed, "the demonstration's files cannot be written") }
        queuePort = Self.unusedPort()
    }

    func path(_ name: String) -> String { files.appending(path: name).path }

    /// Stops the servers and takes the files away.
    func close() async {
        await internet.stop()
        try? FileManager.default.removeItem(at: files)
    }

    private static func unusedPort() -> Int {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(file, $0, size)
                _ = getsockname(file, $0, &size)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
