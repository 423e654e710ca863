import MailDiagnosis
import MailModel
import Testing

@Suite("Service records (RFC 6186, RFC 8314)")
struct SRVAnalysisTests {
    private func reading(_ records: [String: [DNSRecord]]) -> SRVAnalysis {
        SRVAnalysis(
            records.reduce(into: [:]) { result, entry in
                result[entry.key] = DNSResponse(
                    name: entry.key, type: .srv, outcome: .records(entry.value), duration: .zero)
            })
    }

    private func record(_ priority: Int, _ weight: Int, _ port: Int, _ target: String) -> DNSRecord {
        .srv(priority: priority, weight: weight, port: port, target: target)
    }

    @Test func implicitTLSStandsFirstAtOnePriority() {
        let endpoints = reading([
            "_submission._tcp": [record(0, 1, 587, "mail.example.com")],
            "_submissions._tcp": [record(0, 1, 465, "mail.example.com")],
        ]).endpoints[.smtp]?.map(\.description)
        #expect(endpoints == ["mail.example.com:465/tls", "mail.example.com:587/starttls"])
    }

    @Test func priorityAndWeightDecide() {
        let endpoints = reading([
            "_imaps._tcp": [
                record(20, 0, 993, "c.example.com"), record(10, 1, 993, "b.example.com"),
                record(10, 9, 993, "a.example.com"),
            ]
        ]).endpoints[.imap]?.map(\.host)
        #expect(endpoints == ["a.example.com", "b.example.com", "c.example.com"])
    }

    @Test func notOfferedAndNonsenseAreLeftOut() {
        let endpoints = reading([
            "_imaps._tcp": [record(0, 0, 0, "")],
            "_imap._tcp": [record(0, 0, 0, "x.example.com"), record(0, 0, 143, "bad name!")],
        ]).endpoints
        #expect(endpoints[.imap, default: []].isEmpty)
    }

    @Test func tlsPortsAreTLSUnderAnyName() {
        let endpoints = reading(["_submission._tcp": [record(0, 0, 465, "mail.example.com")]]).endpoints[.smtp]
        #expect(endpoints?.first?.security == .tls)
    }

    @Test func settingsNeedBothServices() throws {
        let address = try EmailAddress("jane@example.com")
        let half = reading(["_imaps._tcp": [record(0, 0, 993, "i.example.com")]])
        #expect(half.settings.isEmpty)
        let whole = reading([
            "_imaps._tcp": [record(0, 0, 993, "i.example.com")],
            "_submission._tcp": [record(0, 0, 587, "s.example.com")],
        ])
        let settings = try #require(whole.settings.first?.settings(for: address))
        #expect(settings.source == .srv)
        #expect(settings.imapUsername == "jane@example.com")
    }
}
