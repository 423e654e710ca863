public import FoundationEssentials

/// A small internet as a folder of files describes it: hosts, behaviours, dialogues, DNS records and accounts.
///
/// The format is described in `fixtures/demo/README.md`. Certificates are made when it is built.
public struct InternetPlan: Sendable {
    /// The accounts that the internet is made for.
    public let accounts: [DemoAccount]

    private let file: InternetPlanFile
    private let folder: URL

    /// Reads a plan.
    ///
    /// - Parameter folder: The folder that holds `internet.json`.
    /// - Throws: `InternetPlanError` for a file that is missing or makes no sense.
    public init(folder: URL) throws(InternetPlanError) {
        file = try InternetPlanFile.read(Self.data(folder, "internet.json"))
        accounts = file.accounts
        self.folder = folder
    }

    /// Builds the internet, not yet started.
    ///
    /// - Parameters:
    ///   - authority: Who issues the certificates; clients have to trust it.
    ///   - usesRealPorts: Whether the peers listen on the ports that they play.
    /// - Returns: The internet.
    /// - Throws: `InternetPlanError`, also for a certificate that cannot be made.
    public func build(
        authority: CertificateAuthority, usesRealPorts: Bool = false
    ) throws(InternetPlanError) -> LoopbackInternet {
        var sites: [LoopbackSite] = []
        for entry in file.sites {
            let peer = try peer(entry, authority)
            sites.append(LoopbackSite(host: entry.host, port: entry.port, peer: peer))
        }
        var zone: [DNSZoneRecord] = []
        for line in file.zone {
            guard let record = DNSZoneRecord(line: line) else { throw InternetPlanError("no zone line: \(line)") }
            zone.append(record)
        }
        var faults: [String: DNSFault] = [:]
        for (name, text) in file.dnsFaults ?? [:] {
            guard let fault = DNSFault(rawValue: text) else { throw InternetPlanError("no DNS fault: \(text)") }
            faults[name] = fault
        }
        return LoopbackInternet(sites: sites, zone: zone, faults: faults, usesRealPorts: usesRealPorts)
    }

    private static func data(_ folder: URL, _ name: String) throws(InternetPlanError) -> Data {
        // A file is named, not a path: a plan reads nothing outside its folder.
        guard !name.contains("/"), let data = try? Data(contentsOf: folder.appending(path: name)) else {
            throw InternetPlanError("\(name) cannot be read")
        }
        guard data.count <= 1_048_576 else { throw InternetPlanError("\(name) is longer than 1 MiB") }
        return data
    }

    private func peer(
        _ entry: InternetPlanFile.Site, _ authority: CertificateAuthority
    ) throws(InternetPlanError) -> any LoopbackPeer {
        let certificate = try certificate(entry, authority)
        let tls = certificate.map { PeerTLS($0, isImplicit: entry.security == "tls") }
        if entry.registers == true, let certificate { return RegistrationPeer(certificate: certificate) }
        do {
            if let name = entry.behaviour {
                return MailPeer(try MailBehaviour(json: Self.data(folder, name)), tls: tls)
            }
            guard let name = entry.dialogue else {
                throw InternetPlanError("\(entry.host):\(entry.port) has no behaviour and no dialogue")
            }
            let text = String(decoding: try Self.data(folder, name), as: UTF8.self)
            return MailPeer(script: try Dialogue(text), tls: tls)
        } catch let error as InternetPlanError {
            throw error
        } catch {
            throw InternetPlanError("\(entry.behaviour ?? entry.dialogue ?? entry.host): \(error)")
        }
    }

    private func certificate(
        _ entry: InternetPlanFile.Site, _ authority: CertificateAuthority
    ) throws(InternetPlanError) -> IssuedCertificate? {
        let request: CertificateRequest
        switch entry.certificate ?? "good" {
        case "good": request = CertificateRequest(names: [entry.host])
        case "expired": request = .expired(names: [entry.host])
        case "self_signed": request = CertificateRequest(names: [entry.host], issuerIsSelf: true)
        case "none": return nil
        case let name where name.hasPrefix("for "): request = CertificateRequest(names: [String(name.dropFirst(4))])
        case let name: throw InternetPlanError("no kind of certificate: \(name)")
        }
        do {
            return try authority.issue(request)
        } catch {
            throw InternetPlanError("no certificate for \(entry.host): \(error)")
        }
    }
}
