internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
public import MailConnect
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import ServiceLifecycle
internal import UnixSignals

/// The HTTP service: what the engine can do, for any language and for the page.
public final class HTTPService: Sendable {
    private let parts: ServiceParts
    private let table: RouteTable

    /// Puts a service together. Nothing is listened at before `run`.
    ///
    /// - Parameters:
    ///   - configuration: How it is served.
    ///   - engine: What does the work. It must let in as many runs as there may be.
    ///   - logger: Where it says what it does.
    public init(configuration: ServiceConfiguration, engine: Engine, logger: Logger) {
        parts = ServiceParts(configuration: configuration, engine: engine, logger: logger)
        table = Routes.table(parts)
    }

    /// Serves until the process is told to end (SIGTERM, SIGINT); then nothing new begins, and what is in flight may end within
    /// the grace period.
    ///
    /// - Parameter running: Told once, with the port that is listened at.
    /// - Throws: What stands in the way of listening.
    public func run(running: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let configuration = parts.configuration
        let port = PortBox()
        let application = Application(
            responder: CallbackResponder<CallContext> { [self] request, context in
                try await respond(to: request, context, port: port.value)
            },
            server: try server(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1_024,
                availableConnectionsDelegate: .maximum(Self.mostConnections, logger: parts.logger)),
            onServerRunning: { channel in
                port.value = channel.localAddress?.port ?? configuration.port
                await running(port.value)
            },
            logger: parts.logger)
        var group = ServiceGroupConfiguration(
            services: [FinishService(parts: parts), application, DrainService(parts: parts)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: parts.logger)
        group.maximumGracefulShutdownDuration = configuration.gracePeriod
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            // What was told to end and did not in time was ended: that is what the grace period is for.
            guard parts.runs.isClosed else { throw error }
        }
    }

    /// Connections that are open at once; further ones wait to be taken.
    private static let mostConnections = 8_192

    private func server() throws -> HTTPServerBuilder {
        let (times, departures) = (parts.configuration.times, parts.departures)
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionGuard(times: times, departures: departures)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)))
        guard let files = parts.configuration.tls else { return plain }
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { NIOSSLCertificateSource.certificate($0) }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        tls.applicationProtocols = ["http/1.1"]
        return try .tls(plain, tlsConfiguration: tls)
    }

    // MARK: - One request

    private func respond(to request: Request, _ context: CallContext, port: Int) async throws -> Response {
        let began = ContinuousClock.now
        let id = context.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? ""
        var record = RequestRecord(method: request.method.rawValue)
        var response: Response
        do {
            response = try await answer(request, context, port, &record)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            let problem = Problem.of(error)
            record.problem = problem.id.rawValue
            if problem.id == .internalError {
                parts.logger.error("a request broke", metadata: ["id": "\(id)", "error": "\(type(of: error))"])
            }
            response = Answers.problem(problem)
        }
        if request.method == .head {
            let length = response.headers[.contentLength]
            response.body = ResponseBody()
            response.headers[.contentLength] = length
        }
        SafetyHeaders.add(to: &response, requestID: id)
        record.status = response.status.code
        parts.metrics.answered(route: record.route, status: record.status)
        record.log(to: parts.logger, id: id, duration: .now - began)
        return response
    }

    private func answer(
        _ request: Request, _ context: CallContext, _ port: Int, _ record: inout RequestRecord
    ) async throws -> Response {
        let gate = Gate(configuration: parts.configuration, port: port)
        let remote = RemoteAddress.of(
            context.channel, request.headers, isBehindProxy: parts.configuration.isBehindProxy)
        try gate.checkOrigin(of: request)
        let path = request.uri.path
        let client: Client
        do {
            client = try gate.client(of: request, remote: remote, needsToken: Route.needsToken(path))
        } catch {
            try parts.buckets.take(Client(address: remote))
            throw error
        }
        try parts.buckets.take(client)
        record.client = client.tokenName
        switch table.match(request.method, path) {
        case .none: throw Problem(.notFound, "nothing is served at this path")
        case .otherMethods(let methods):
            throw Problem(
                .methodNotAllowed, "only \(methods.joined(separator: ", ")) may be asked for here",
                headers: ["Allow": methods.joined(separator: ", ")])
        case .route(let route, let parameters):
            record.route = route.path
            let call = Call(
                request: request, route: route, parameters: parameters, client: client,
                departure: parts.departures.of(context.channel), logger: context.logger)
            return try await route.answer(call)
        }
    }
}

/// What the log has of a request: no path, no query and no body, in which anything may stand.
struct RequestRecord {
    let method: String
    var route: String?
    var client: String?
    var status = 0
    var problem: String?

    init(method: String) { self.method = method }

    func log(to logger: Logger, id: String, duration: Duration) {
        var metadata: Logger.Metadata = [
            "id": "\(id)", "method": "\(method.prefix(16))", "route": "\(route ?? "-")", "status": "\(status)",
            "ms": "\(Int(duration / .milliseconds(1)))",
        ]
        if let client { metadata["client"] = "\(client)" }
        if let problem { metadata["problem"] = "\(problem)" }
        logger.info("answered", metadata: metadata)
    }
}

/// Begins nothing more once the service is told to end. It is told first: services are told in the reverse of their order.
private struct DrainService: ServiceLifecycle.Service {
    let parts: ServiceParts

    func run() async throws {
        try? await gracefulShutdown()
        parts.runs.close()
        parts.batches.stop()
    }
}

/// Waits for what outlives its request. It is told last, when no connection is left.
private struct FinishService: ServiceLifecycle.Service {
    let parts: ServiceParts

    func run() async throws {
        try? await gracefulShutdown()
        await parts.tasks.finish()
    }
}
