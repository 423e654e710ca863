import MailModel
import Synchronization

/// Where the questions of all connections are answered and counted.
final class DNSResponder: Sendable {
    /// A client in a loop must not fill our memory.
    private static let rememberedQuestions = 100_000

    private let zone: DNSZone
    private let faults: [String: DNSFault]
    private let asked = Mutex<[String]>([])

    init(zone: DNSZone, faults: [String: DNSFault]) {
        self.zone = zone
        self.faults = Dictionary(faults.map { (DNSZone.canonical($0), $1) }) { first, _ in first }
    }

    /// The questions so far.
    var questions: [String] { asked.withLock { $0 } }

    /// Answers one message; nil for no answer, which is also what a message gets that is no question.
    func answer(_ message: [UInt8], isStream: Bool) -> [UInt8]? {
        guard let question = DNSQuestion(message) else { return nil }
        let entry = "\(question.name) \(Self.typeNames[question.type] ?? "TYPE\(question.type)")"
        asked.withLock { if $0.count < Self.rememberedQuestions { $0.append(entry) } }
        let fault = faults[question.name] ?? faults["*"]
        return DNSAnswer(question: question).message(from: zone, fault: fault, isStream: isStream)
    }

    private static let typeNames: [UInt16: String] = [
        1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 15: "MX", 16: "TXT", 28: "AAAA", 33: "SRV", 65: "HTTPS",
    ]
}
