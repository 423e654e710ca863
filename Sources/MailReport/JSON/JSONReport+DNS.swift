import MailModel

/// The facts of a look-up.
extension JSONReport {
    static func lookup(_ response: DNSResponse) -> JSONValue {
        [
            "name": .text(response.name),
            "type": .text(response.type.rawValue),
            "outcome": .text(outcome(response.outcome)),
            "reason": .optional(reason(response.outcome)),
            "records": .list(response.records.map(record)),
            "duration_ms": JSONTime.milliseconds(response.duration),
        ]
    }

    private static func outcome(_ outcome: DNSOutcome) -> String {
        switch outcome {
        case .records: "records"
        case .nameNotFound: "name_not_found"
        case .noData: "no_data"
        case .serverFailure: "server_failure"
        case .refused: "refused"
        case .timedOut: "timed_out"
        case .broken: "broken"
        case .cancelled: "cancelled"
        }
    }

    private static func reason(_ outcome: DNSOutcome) -> String? {
        if case .broken(let reason) = outcome { reason } else { nil }
    }

    private static func record(_ record: DNSRecord) -> JSONValue {
        switch record {
        case .address(let address): ["kind": .text("address"), "address": .text(address)]
        case .mx(let preference, let exchange):
            ["kind": .text("mx"), "preference": .integer(preference), "exchange": .text(exchange)]
        case .txt(let text): ["kind": .text("txt"), "text": .text(text)]
        case .srv(let priority, let weight, let port, let target):
            [
                "kind": .text("srv"), "priority": .integer(priority), "weight": .integer(weight),
                "port": .integer(port), "target": .text(target),
            ]
        case .cname(let target): ["kind": .text("cname"), "target": .text(target)]
        }
    }
}
