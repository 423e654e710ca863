import FoundationEssentials
import MailConnect
import MailModel
import MailNetwork
import MailRegistration
import MailReport
import ProviderCatalog

/// What a checking command works with, made from its options.
struct CommandEnvironment {
    let catalog: Catalog
    let resolver: any DNSResolving
    let network: NetworkStack
    /// What does the work.
    let engine: Engine
    /// When the command began to ask.
    let began = ContinuousClock.now
    private var firstQuestion: FirstQuestion?
    /// It holds what was read from a pipe as long as there are connections.
    private var trusted: TrustedFile?

    /// Tools by the options. The first question of the run is on its way while the catalogue is read.
    init(_ options: CommonOptions, asking domain: DomainName) throws(CommandFailure) {
        let resolver = try Self.resolver(options.resolver)
        if options.reach != .offline { firstQuestion = FirstQuestion(resolver, domain) }
        self.resolver = resolver
        catalog = try CatalogLoading.load(options.providers)
        trusted = try options.trustedFile()
        let caFile = trusted?.path
        let http = try? CurlHTTPClient(resolver: resolver, caFile: caFile, userAgent: ToolVersion.userAgent)
        network = NetworkStack(resolver: resolver, caFile: caFile, http: http)
        engine = Engine(catalog: catalog, network: network)
    }

    /// Tools for a small internet on loopback.
    init(
        catalog: Catalog, resolver: String, caFile: String, rerouting: @escaping TCPConnector.Rerouting
    ) throws(CommandFailure) {
        self.catalog = catalog
        self.resolver = try Self.resolver(resolver)
        network = NetworkStack(resolver: self.resolver, caFile: caFile, rerouting: rerouting)
        engine = Engine(catalog: catalog, network: network)
    }

    /// Where accounts are registered.
    func registration(_ access: APIAccess, _ journal: OpenedJournal) -> RegistrationService {
        var service = RegistrationService(
            base: access.base, key: access.key, journal: journal.journal, network: network,
            userAgent: ToolVersion.userAgent)
        service.openJournal = journal.open
        return service
    }

    /// The report on a diagnosis.
    func report(_ diagnosis: Diagnosis, as command: ReportCommand, registration: RegistrationOutcome? = nil) -> Report {
        Report(
            tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: catalog.version), command: command,
            diagnosis: diagnosis, registration: registration)
    }

    /// The resolver that an option or the environment names, else the system's; it keeps answers.
    static func resolver(_ named: String?) throws(CommandFailure) -> any DNSResolving {
        let variable = ProcessInfo.processInfo.environment["MAILCONNECT_RESOLVER"] ?? ""
        let fromEnvironment = variable.isEmpty ? nil : variable
        do {
            let address = try (named ?? fromEnvironment).map { try ResolverAddress($0) }
            return CachingResolver(try CAresResolver(server: address))
        } catch {
            throw CommandFailure(.usage, .badResolver, "the resolver cannot be used: \(error)", field: "resolver")
        }
    }
}

/// Asks what detection asks first, early: the resolver keeps the answers for the sources that ask again.
private final class FirstQuestion: Sendable {
    private let task: Task<Void, Never>

    init(_ resolver: any DNSResolving, _ domain: DomainName) {
        task = Task { await Engine.askEarly(domain, resolver: resolver) }
    }

    deinit { task.cancel() }
}

/// Finds and reads the catalogue.
enum CatalogLoading {
    static func load(_ explicit: String?) throws(CommandFailure) -> Catalog {
        let folder = try folder(explicit)
        do throws(CatalogError) {
            return try Catalog.load(from: folder)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The folder of the catalogue: the one named, or the first of the usual places that holds one.
    static func folder(_ explicit: String?) throws(CommandFailure) -> String {
        let environment = ProcessInfo.processInfo.environment["MAILCONNECT_PROVIDERS"]
        do throws(CatalogError) {
            return try CatalogLocation.find(
                explicit: explicit, environment: environment, executable: Self.executable)
        } catch {
            throw CommandFailure(.noInputFile, .noCatalogue, "\(error)", field: "providers")
        }
    }

    /// The executable's own path, links followed, so that the catalogue beside it is found from any folder.
    static var executable: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}
