internal import Logging
internal import MailBatch
internal import MailConnect
internal import MailModel
internal import MailReport
internal import Synchronization

/// What all routes work with; one for a service.
final class ServiceParts: Sendable {
    let configuration: ServiceConfiguration
    let engine: Engine
    let logger: Logger
    let runs: RunPlaces
    let buckets: RequestBuckets
    let departures = Departures()
    let keyed = KeyedRuns()
    let tasks = BackgroundTasks()
    let metrics = ServiceMetrics()
    private let document = Mutex<String?>(nil)
    let batches: BatchDesk

    init(configuration: ServiceConfiguration, engine: Engine, logger: Logger) {
        self.configuration = configuration
        self.engine = engine
        self.logger = logger
        runs = RunPlaces(
            most: configuration.maximumRuns, mostOfClient: configuration.maximumRunsPerClient, what: "runs")
        batches = BatchDesk(configuration: configuration, engine: engine, metrics: metrics)
        buckets = RequestBuckets(
            burst: configuration.requestRate.burst, perSecond: configuration.requestRate.perSecond)
    }

    /// The document of the interface, which is made when it is first asked for.
    func interface() -> String {
        document.withLock { document in
            let text = document ?? OpenAPIDocument.text(Routes.table(self))
            document = text
            return text
        }
    }

    /// A run came to its end: it is counted, and logged without the address, unless that is wanted.
    func ended(_ report: Report) {
        metrics.ended(report)
        for observation in report.diagnosis.observations {
            guard case .login? = observation.facts, let endpoint = observation.endpoint else { continue }
            batches.tally.count(at: ServerKey(endpoint.service, endpoint.host))
        }
        var metadata: Logger.Metadata = [
            "command": "\(report.command.rawValue)", "verdict": "\(report.diagnosis.verdict.rawValue)",
            "ms": "\(Int(report.diagnosis.duration / .milliseconds(1)))",
        ]
        if let registration = report.registration { metadata["registration"] = "\(registration.status.rawValue)" }
        if configuration.logsAddresses {
            let subject = report.diagnosis.address?.description ?? report.diagnosis.domain.description
            metadata["subject"] = "\(ServerText(subject).escaped)"
        }
        logger.info("run ended", metadata: metadata)
    }

    /// The report on a diagnosis.
    func report(
        _ diagnosis: Diagnosis, as command: ReportCommand, registration: RegistrationOutcome? = nil
    ) -> Report {
        Report(tool: configuration.tool, command: command, diagnosis: diagnosis, registration: registration)
    }
}
