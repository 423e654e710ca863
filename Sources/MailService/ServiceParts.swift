internal import Logging
internal import MailConnect
internal import MailModel
internal import MailReport

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
    let batches: BatchDesk

    init(configuration: ServiceConfiguration, engine: Engine, logger: Logger) {
        self.configuration = configuration
        self.engine = engine
        self.logger = logger
        runs = RunPlaces(
            most: configuration.maximumRuns, mostOfClient: configuration.maximumRunsPerClient, what: "runs")
        batches = BatchDesk(configuration: configuration, engine: engine)
        buckets = RequestBuckets(
            burst: configuration.requestRate.burst, perSecond: configuration.requestRate.perSecond)
    }

    /// The report on a diagnosis.
    func report(
        _ diagnosis: Diagnosis, as command: ReportCommand, registration: RegistrationOutcome? = nil
    ) -> Report {
        Report(tool: configuration.tool, command: command, diagnosis: diagnosis, registration: registration)
    }
}
