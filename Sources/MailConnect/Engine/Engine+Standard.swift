internal import FoundationEssentials
public import MailModel
public import MailNetwork
internal import ProviderCatalog

extension Engine {
    /// What a standard engine is made of, as far as it differs from the usual.
    public struct Configuration: Sendable {
        /// The folder of the catalogue; nil for the one that is shipped with the library.
        public var providers: String?
        /// The resolver to ask, `IP` or `IP:PORT`; nil for the system's.
        public var resolver: String?
        /// A file of PEM certificates to trust instead of the system's; nil for the system's.
        public var caFile: String?
        /// What the HTTPS client calls itself (RFC 9110, section 10.1.5).
        public var userAgent = "mailconnect"
        /// Which addresses may be connected to, by mail and HTTPS alike.
        public var policy = AddressPolicy.all
        /// Whether TLS sessions are resumed between runs that share a host. A resumed session rests on the facts of a full
        /// handshake that verified, and the facts say that it is resumed.
        public var resumesSessions = true
        /// Connections to one port of one server at once.
        public var connectionsPerHost = ConnectionBudget.standardPerHost
        /// Whether the process's limit of open files is raised to the highest that the system allows: a thousand runs have
        /// two thousand sockets, and 1,024 files are usual. Off, the engine keeps within the limit in force.
        public var raisesDescriptorLimit = true
        /// What may be done at once.
        public var options = Options()

        /// Everything as usual.
        public init() {}
    }

    /// An engine with the catalogue that is shipped with the library, HTTPS, the system's resolver and its trusted roots:
    /// no path has to be set. It opens as many connections as the limit of open files allows.
    ///
    /// - Parameter configuration: What differs from the usual.
    /// - Returns: The engine; one is enough for a process.
    /// - Throws: `EngineError` when the catalogue is not found or not as it must be, or the network cannot be used.
    public static func standard(_ configuration: Configuration = Configuration()) throws(EngineError) -> Engine {
        Engine(
            catalog: try shippedCatalog(configuration.providers), network: try network(configuration),
            options: configuration.options)
    }

    private static func shippedCatalog(_ folder: String?) throws(EngineError) -> Catalog {
        do throws(CatalogError) {
            return try Catalog.load(from: try CatalogLocation.shipped(or: folder))
        } catch {
            throw .catalogue("\(error)")
        }
    }

    private static func network(_ configuration: Configuration) throws(EngineError) -> NetworkStack {
        if configuration.raisesDescriptorLimit { DescriptorLimit.raise() }
        do {
            let server = try configuration.resolver.map { try ResolverAddress($0) }
            let resolver = CachingResolver(try CAresResolver(server: server))
            let budget = ConnectionBudget(perHost: configuration.connectionsPerHost)
            let http = try CurlHTTPClient(
                resolver: resolver, caFile: configuration.caFile, userAgent: configuration.userAgent,
                addressPolicy: configuration.policy, budget: budget)
            return NetworkStack(
                resolver: resolver, caFile: configuration.caFile, http: http, policy: configuration.policy,
                budget: budget, sessions: configuration.resumesSessions ? TLSSessionStore() : nil)
        } catch let error as ResolverError {
            throw .network("\(error)")
        } catch let error as HTTPFailure {
            throw .network(error.detail)
        } catch {
            throw .network("\(error)")
        }
    }
}

extension Engine {
    /// Asks what a detection asks first, so that a resolver which keeps its answers has them when the run asks again. It
    /// saves a round trip while something else, such as reading the catalogue, has to be done before there is an engine.
    ///
    /// - Parameters:
    ///   - domain: The domain.
    ///   - resolver: A resolver that keeps its answers.
    public static func askEarly(_ domain: DomainName, resolver: any DNSResolving) async {
        await Detector.firstQuestions(domain, resolver: resolver)
    }
}

extension Engine {
    /// Reads the trusted roots now and not with the first run: whoever serves others wants to know before it begins, and a file
    /// that goes away later changes nothing then.
    ///
    /// - Throws: `EngineError` when they cannot be read.
    public func readTrust() async throws(EngineError) {
        do throws(TLSSetupError) { _ = try await network.trust.context() } catch { throw .trust(error.description) }
    }
}

/// What an engine has done so far, and what is going on in it.
public struct EngineCounters: Sendable {
    /// Look-ups; nil for a resolver that does not count.
    public var names: ResolverCounters?
    /// Connections; nil without a budget.
    public var connections: ConnectionBudget.Counters?
    /// TLS handshakes.
    public var handshakes: TLSClientContext.Counters
}

extension Engine {
    /// What was done so far, and what is going on.
    public var counters: EngineCounters {
        get async {
            EngineCounters(
                names: (network.resolver as? CachingResolver)?.counters, connections: network.budget?.counters,
                handshakes: await network.trust.counters)
        }
    }
}
