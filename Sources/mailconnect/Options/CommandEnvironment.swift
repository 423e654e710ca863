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
        let resolver = try NamedResolver.resolver(options.resolver)
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
        self.resolver = try NamedResolver.resolver(resolver)
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
}

/// Asks what detection asks first, early: the resolver keeps the answers for the sources that ask again.
private final class FirstQuestion: Sendable {
    private let task: Task<Void, Never>

    init(_ resolver: any DNSResolving, _ domain: DomainName) {
        task = Task { await Engine.askEarly(domain, resolver: resolver) }
    }

    deinit { task.cancel() }
}
