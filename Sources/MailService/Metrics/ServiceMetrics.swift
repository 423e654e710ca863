internal import FoundationEssentials
internal import MailBatch
internal import MailModel
internal import MailReport
internal import Metrics

/// What the service counts: runs by what they come to, how long their stages take, what is in flight.
struct ServiceMetrics: Sendable {
    private let registry = PrometheusRegistry()

    /// A run came to its end.
    func ended(_ report: Report) {
        let command = report.command.rawValue
        count("mailconnect_runs_total", ("command", command), ("verdict", report.diagnosis.verdict.rawValue))
        // The first finding is what a person has to act on.
        if let cause = report.orderedFindings.first, cause.severity != .info {
            count("mailconnect_causes_total", ("cause", cause.id.description))
        }
        if let registration = report.registration {
            count("mailconnect_registrations_total", ("status", registration.status.rawValue))
        }
        measure("mailconnect_run_seconds", report.diagnosis.duration, ("command", command))
        for observation in report.diagnosis.observations {
            guard let duration = observation.duration else { continue }
            measure(
                "mailconnect_stage_seconds", duration, ("stage", observation.stage.rawValue),
                ("protocol", observation.service?.rawValue ?? "none"))
        }
    }

    /// A row of a batch came to its end.
    func ended(_ answer: RowAnswer) {
        count("mailconnect_runs_total", ("command", "batch"), ("verdict", answer.verdict?.rawValue ?? "bad_row"))
        if let cause = answer.cause, answer.status != 0 { count("mailconnect_causes_total", ("cause", cause)) }
        if let registration = answer.registration {
            count("mailconnect_registrations_total", ("status", registration.rawValue))
        }
    }

    /// A request was answered.
    func answered(route: String?, status: Int) {
        count("mailconnect_http_requests_total", ("route", route ?? "none"), ("status", String(status)))
    }

    /// Everything as text.
    ///
    /// - Parameters:
    ///   - runs: Runs in flight.
    ///   - batches: Batches in work.
    ///   - pauses: Servers that batches leave alone for now.
    /// - Returns: The text.
    func text(runs: Int, batches: Int, pauses: Int) -> String {
        for (name, value) in [
            ("mailconnect_runs_in_flight", runs), ("mailconnect_batches_in_work", batches),
            ("mailconnect_provider_pauses", pauses),
        ] { Meter(label: name, factory: registry).set(value) }
        return registry.text()
    }

    private func count(_ name: String, _ dimensions: (String, String)...) {
        Counter(label: name, dimensions: dimensions, factory: registry).increment()
    }

    private func measure(_ name: String, _ duration: Duration, _ dimensions: (String, String)...) {
        Metrics.Timer(label: name, dimensions: dimensions, factory: registry)
            .recordNanoseconds(Int64(clamping: Int(duration / .nanoseconds(1))))
    }
}
