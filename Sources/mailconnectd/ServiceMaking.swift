import CommandSupport
import FoundationEssentials
import Logging
import MailConnect
import MailModel
import MailNetwork
import MailRegistration
import MailReport
import MailService
import ProviderCatalog
import QueueSupport

/// Puts the service together from options and environment; whatever is wrong ends it before it listens.
struct ServiceMaking {
    let options: ServiceOptions
    let logger: Logger

    /// How long files and the journal may keep the start waiting.
    private static let patience = 10.0

    func service() async throws -> HTTPService {
        let environment = ProcessInfo.processInfo.environment
        let trusted = try trustedFile(environment)
        let engine = try engine(environment, trusted)
        do throws(EngineError) { try await engine.readTrust() } catch { throw Self.failure(error) }
        var configuration = ServiceConfiguration(
            tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: engine.catalog.version))
        configuration.host = options.listen.host
        configuration.port = options.listen.port
        configuration.tokens = try options.tokenFile.map(tokens)
        configuration.isBehindProxy = options.behindProxy
        if let certificate = options.tlsCertificate, let key = options.tlsKey {
            configuration.tls = ServiceConfiguration.TLSFiles(certificate: certificate, key: key)
        }
        configuration.maximumRuns = options.maxRuns
        configuration.maximumRunsPerClient = min(options.maxRunsPerClient, options.maxRuns)
        configuration.gracePeriod = .seconds(options.gracePeriod)
        configuration.logsAddresses = options.logAddresses
        configuration.isPaced = options.pace == .default
        let access = try access(environment)
        configuration.secrets = access.secrets
        let journal = try journal(environment, isNeeded: access.key != nil)
        configuration.registration = engine.registration(
            at: access.base, key: access.key, journal: journal, userAgent: ToolVersion.userAgent)
        configuration.stateDirectory = stateDirectory(environment)
        let isNamed = options.apiUrl != nil || !(environment["COLDSEND_API_URL"] ?? "").isEmpty
        configuration.queue = try await queue(trusted, base: isNamed ? "\(access.base)" : nil, configuration.tool)
        // What was read from a pipe has to be there as long as the process.
        configuration.kept = trusted
        return HTTPService(configuration: configuration, engine: engine, logger: logger)
    }

    private func engine(_ environment: [String: String], _ trusted: TrustedFile?) throws(CommandFailure) -> Engine {
        var standard = Engine.Configuration()
        standard.providers = try CatalogLoading.folder(options.providers)
        standard.resolver = options.resolver ?? environment["MAILCONNECT_RESOLVER"].flatMap { $0.isEmpty ? nil : $0 }
        standard.caFile = trusted?.path
        standard.userAgent = ToolVersion.userAgent
        standard.policy = .publicOnly(allowing: options.allowedRanges.map(\.range))
        // Single runs and the rows of batches are counted before they come here.
        standard.options.maximumRuns = .max
        do throws(EngineError) {
            return try Engine.standard(standard)
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: EngineError) -> CommandFailure {
        switch error {
        case .catalogue: CommandFailure(.badInput, .badCatalogue, "\(error)", field: "providers")
        case .network: CommandFailure(.usage, .badResolver, "\(error)", field: "resolver")
        case .trust: CommandFailure(.badInput, .badTrust, "\(error)", field: "ca_file")
        case .unknownProvider: CommandFailure(.ourBug, "\(error)")
        }
    }

    /// The queue for the rows of batches, connected; nil where none is named.
    private func queue(
        _ trusted: TrustedFile?, base: String?, _ tool: ToolIdentity
    ) async throws -> (any BatchQueue)? {
        let opened = try await options.queue.opened(trusted, within: Self.patience, name: "mailconnectd")
        return opened.map {
            ServiceQueue(opened: $0, replicas: options.queue.queueReplicas, base: base, tool: tool, logger: logger)
        }
    }

    private func trustedFile(_ environment: [String: String]) throws(CommandFailure) -> TrustedFile? {
        let named = options.caFile ?? environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        return try named.map { path throws(CommandFailure) in try TrustedFile(path, within: Self.patience) }
    }

    private func tokens(_ path: String) throws(CommandFailure) -> Tokens {
        let octets = try BoundedInput(limit: 1_048_576, seconds: Self.patience).data(of: path, .badSecret, "token_file")
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw CommandFailure(.badInput, .badSecret, "the file of tokens is no UTF-8 text", field: "token_file")
        }
        do throws(Tokens.Mistake) {
            return try Tokens(text)
        } catch {
            throw CommandFailure(
                .badInput, .badSecret, "the file of tokens \(ServerText(path)): \(error)", field: "token_file",
                line: error.line)
        }
    }

    private func access(_ environment: [String: String]) throws(CommandFailure) -> APIAccess {
        let hasKey = options.apiKeyFile != nil || !(environment["COLDSEND_API_KEY"] ?? "").isEmpty
        return try APIAccess(
            url: options.apiUrl, keyFile: options.apiKeyFile, keyNeeded: hasKey, within: Self.patience)
    }

    /// The journal; nil where it cannot be used and nothing asks for it.
    private func journal(
        _ environment: [String: String], isNeeded: Bool
    ) throws(CommandFailure) -> RegistrationJournal? {
        do throws(JournalError) {
            let folder = options.stateDirectory ?? environment["STATE_DIRECTORY"]
            let named = options.journal ?? folder.map { $0 + "/journal.sqlite" }
            let path: String
            if let named { path = named } else { path = try JournalLocation.standard(environment) }
            return try RegistrationJournal(path: path, makesFolder: options.journal == nil)
        } catch {
            guard !isNeeded, options.journal == nil else {
                throw CommandFailure(.usage, .badJournal, "\(error) (--journal)", field: "journal")
            }
            logger.warning("without a journal, keys of idempotency are forgotten at the end", metadata: nil)
            return nil
        }
    }

    private func stateDirectory(_ environment: [String: String]) -> String? {
        if let folder = options.stateDirectory ?? environment["STATE_DIRECTORY"] { return folder + "/batches" }
        guard let journal = try? JournalLocation.standard(environment) else { return nil }
        return URL(fileURLWithPath: journal).deletingLastPathComponent().path + "/batches"
    }
}
