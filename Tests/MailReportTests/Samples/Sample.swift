import MailModel
import MailReport
import Testing

/// One report made in code; the golden files bear its name.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let report: Report

    var testDescription: String { name }

    static let all: [Sample] =
        [
            allReady, wrongPassword, oneSideOnly, tenantSwitch, expiredCertificate, resolverSilent, nullMX, noPassword,
            brokenCheck, detectUnknown, detectKnown, registered, dryRun, refused, registrationUnknown, hostileServer,
            alternatives, deadHost, sendingDomain, delivered,
        ] + failures

    static let tool = ToolIdentity(version: "0.1.0", catalogueVersion: "2026.11")
}
