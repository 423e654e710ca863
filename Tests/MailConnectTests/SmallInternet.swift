import Foundation
import MailConnect
import MailLoopback
import MailModel
import MailNetwork
import MailTestSupport
import ProviderCatalog

/// A small internet on loopback and a doctor that lives in it.
struct SmallInternet: Sendable {
    let internet: LoopbackInternet
    let engine: Engine
    let network: NetworkStack
    let resolver: any DNSResolving
    let caFile: URL

    /// Starts an internet of these sites, and of a web that plays everything over https.
    init(
        sites: (CertificateAuthority) throws -> [LoopbackSite] = { _ in [] }, zone: [String],
        faults: [String: DNSFault] = [:], web: ScriptedWeb? = nil
    ) async throws {
        let authority = try CertificateAuthority()
        let hosts = web?.hosts.map { "\($0) A 127.0.0.1" } ?? []
        let records = (zone + hosts).compactMap { DNSZoneRecord(line: $0) }
        try await self.init(
            LoopbackInternet(sites: try sites(authority), zone: records, faults: faults), authority, web: web)
    }

    /// Starts the internet of the demonstration.
    static func ofTheDemonstration() async throws -> (SmallInternet, [DemoAccount]) {
        let plan = try InternetPlan(folder: URL(fileURLWithPath: Repository.path("fixtures/demo")))
        let authority = try CertificateAuthority()
        return (try await SmallInternet(try plan.build(authority: authority), authority), plan.accounts)
    }

    private init(
        _ internet: LoopbackInternet, _ authority: CertificateAuthority, web: ScriptedWeb? = nil
    ) async throws {
        self.internet = internet
        let routes = try await internet.start()
        caFile = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
        try Data(authority.certificatePEM.utf8).write(to: caFile)
        resolver = CachingResolver(try CAresResolver(server: try ResolverAddress("\(routes.resolver)")))
        network = NetworkStack(resolver: resolver, caFile: caFile.path, http: web) { host, port in
            routes.addresses.rerouted(host: host, port: port)
        }
        engine = Engine(catalog: try RepositoryCatalog.catalog(), network: network)
    }

    /// Asks the doctor about an address.
    func diagnose(
        _ address: String, password: String?, timeout: Duration = .seconds(30),
        shape: (inout Account) -> Void = { _ in }
    ) async throws -> Diagnosis {
        var request = Account(address: try EmailAddress(address))
        request.smtpCredential = password.map { .password(Secret($0)) }
        request.imapCredential = request.smtpCredential
        request.timeout = timeout
        shape(&request)
        return try await engine.checked(request)
    }

    /// Stops it.
    func stop() async {
        await internet.stop()
        try? FileManager.default.removeItem(at: caFile)
    }
}

extension Diagnosis {
    /// The causes in the parts that scripts rely on: `smtp auth bad_credentials`. What is merely good to know is left out.
    var told: [String] {
        findings.filter { $0.severity != .info }.map {
            "\($0.service?.rawValue ?? "-") \($0.stage?.rawValue ?? "-") \($0.id)"
        }
    }

    /// How a check ended.
    func outcome(_ id: String) -> CheckOutcome? { observations.first { $0.id.description == id }?.outcome }
}

extension Engine {
    /// The diagnosis that a detection alone comes to.
    func report(on account: Account) async throws -> Diagnosis {
        diagnosis(of: try await detect(account).result, for: account)
    }

    /// The diagnosis of a whole run.
    func checked(_ account: Account) async throws -> Diagnosis { try await check(account).result }
}
