import Foundation
import MailModel
import MailReport

/// What `add` has to say.
extension Sample {
    private static func add(_ name: String, _ outcome: RegistrationOutcome) -> Sample {
        var report = allReady.report
        report.command = .add
        report.registration = outcome
        return Sample(name: name, report: report)
    }

    private static let request = [
        RequestField(name: "email_address", value: .text("jane@acme.example")),
        RequestField(name: "smtp_port", value: .number(587)),
        RequestField(name: "smtp_password", value: .redacted),
        RequestField(name: "smtp_use_tls", value: .flag(true)),
    ]

    static let registered = add(
        "add_registered",
        RegistrationOutcome(
            status: .registered, reason: "The API took the account.", inboxID: "0b6f3c1e-0000-4000-8000-000000000001",
            overallStatus: "PENDING", dailyLimit: 20, createdAt: SampleParts.start.addingTimeInterval(2.5),
            httpStatus: 201, request: request))

    static let dryRun = add(
        "add_dry_run",
        RegistrationOutcome(
            status: .notAttempted, reason: "This is a dry run: the request is shown and not sent.", request: request,
            notes: ["The daily limit 90 is above the advice of 20; see its reasons."],
            target: "POST https://api.example/api/public/v1/sender-accounts/smtp"))

    static let refused = add(
        "add_refused",
        RegistrationOutcome(
            status: .refused, reason: "The API key may not add accounts.", httpStatus: 403, request: request))

    static let registrationUnknown = add(
        "add_unknown",
        RegistrationOutcome(
            status: .unknown, reason: "The request was sent, and no answer came within 60 s.", request: request))
}
