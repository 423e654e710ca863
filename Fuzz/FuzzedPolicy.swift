import MailModel
import MailProtocol

/// What a stranger's DNS, policy host and mail say of a sending domain: every reader gets the whole input, and the machines
/// are walked through a DNS in which each line of it is the record of one name.
enum FuzzedPolicy {
    static func read(_ octets: [UInt8]) {
        let lines = octets.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        _ = MailconfRecord.first(in: lines)
        _ = AuthenticationResults(header: octets)
        var spf = SPFEvaluator("d0.test", asksForAddresses: true)
        walk(&spf, lines)
        let found = spf.evaluation
        guard found.includes.count <= SPFEvaluator.maximumLookups, spf.questions.isEmpty else {
            fatalError("more was followed than a receiver would")
        }
        var dmarc = DMARCDiscovery("d1.test", organizationalDomain: "d2.test")
        walk(&dmarc, lines)
        var reports = TLSRPTDiscovery("d3.test")
        walk(&reports, lines)
        var transport = MTASTSDiscovery("d4.test", exchangers: ["mx.d4.test"])
        walk(&transport, ["v=STSv1; id=1"])
        transport.take(.response(status: 200, mediaType: "text/plain", body: octets))
        for line in lines { _ = DKIMKeyRecord(record: line) }
    }

    /// Answers until nothing is asked any more; a machine that asks on and on is a fault.
    private static func walk(_ machine: inout some PolicyMachine, _ lines: [String]) {
        var count = 0
        while let question = machine.questions.first {
            count += 1
            guard count <= 100 else { fatalError("a machine asks without end") }
            machine.take(answer(question, lines))
        }
    }

    /// The digits in a name choose the line; a name without digits gets all of them.
    private static func answer(_ question: DNSQuestion, _ lines: [String]) -> DNSResponse {
        let digits = Int(question.name.filter(\.isWholeNumber).prefix(4))
        let texts = digits.map { lines.isEmpty ? [] : [lines[$0 % lines.count]] } ?? lines
        let records: [DNSRecord] =
            switch question.type {
            case .txt: texts.map { .txt($0) }
            case .mx: lines.map { .mx(preference: 0, exchange: $0) }
            default: texts.map { .address($0) }
            }
        let outcome: DNSOutcome = records.isEmpty ? .noData : .records(records)
        return DNSResponse(name: question.name, type: question.type, outcome: outcome, duration: .zero)
    }
}
