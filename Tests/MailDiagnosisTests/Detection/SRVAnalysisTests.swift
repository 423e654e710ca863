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

    /// Each service may have a record alone: the other side is looked for on its host.
    @Test(arguments: [("_imaps._tcp", 993), ("_submission._tcp", 587)])
    func oneServiceIsEnough(service: String, port: Int) {
        let settings = reading([service: [record(0, 0, port, "one.example.com")]]).settings
        #expect(settings.first?.imap.host == "one.example.com")
        #expect(settings.first?.smtp.host == "one.example.com")
        #expect(settings.first?.imap.port == 993)
        #expect(settings.first?.smtp.port == 587)
    }

    /// What leads nowhere from here is nobody's server.
    @Test(arguments: ["localhost", "mailserver", "192.0.2.1", "mail.localhost", "x.invalid", "a..example"])
    func whatLeadsNowhereIsLeftOut(target: String) {
        #expect(reading(["_imaps._tcp": [record(0, 0, 993, target)]]).settings.isEmpty)
    }

    @Test func settingsNameBothServices() throws {
        let address = try EmailAddress("jane@example.com")
        let whole = reading([
            "_imaps._tcp": [record(0, 0, 993, "i.example.com")],
            "_submission._tcp": [record(0, 0, 587, "s.example.com")],
        ])
        let settings = try #require(whole.settings.first?.settings(for: address))
        #expect(settings.source == .srv)
        #expect(settings.imapUsername == "jane@example.com")
    }
}
