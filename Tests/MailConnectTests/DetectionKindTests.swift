import Foundation
import MailConnect
import MailLoopback
import MailModel
import MailTestSupport
import Testing

/// Kinds of record sets that mislead detection, each with two rows and more: `fixtures/detection/kinds.json`.
@Suite("What misleads detection, by kind")
struct DetectionKindTests {
    /// One domain, and what must be said of it.
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        var domain: String
        var kind: String
        var why: String
        var inboxType: String?
        var provider: String?
        var gateway: String?
        var hosting: CorpusHosting
        var least: Double?
        var most: Double?
        var imapHost: String?
        var imapUsername: String?
        var hasSettings: Bool?
        var zone: [String]
        var testDescription: String { "\(domain): \(why)" }

        private enum CodingKeys: String, CodingKey {
            case domain, kind, why, provider, gateway, least, most, zone
            case inboxType = "inbox_type"
            case hosting = "mail_hosted"
            case imapHost = "imap_host"
            case imapUsername = "imap_username"
            case hasSettings = "has_settings"
        }
    }

    static let rows: [Row] = {
        struct File: Decodable { var domains: [Row] }
        let url = URL(fileURLWithPath: Repository.path("fixtures/detection/kinds.json"))
        return (try? JSONDecoder().decode(File.self, from: Data(contentsOf: url)).domains) ?? []
    }()

    @Test func theTableIsWhole() {
        #expect(Self.rows.count >= 50)
        #expect(Set(Self.rows.map(\.domain)).count == Self.rows.count)
        for (kind, rows) in Dictionary(grouping: Self.rows, by: \.kind) {
            #expect(rows.count >= 2, "\(kind)")
        }
        for line in Self.rows.flatMap(\.zone) { #expect(DNSZoneRecord(line: line) != nil, "\(line)") }
    }

    @Test(arguments: rows) func isRead(_ row: Row) async throws {
        let internet = try await SmallInternet(zone: row.zone)
        var request = Account(address: try EmailAddress("jane@" + row.domain))
        request.reach = .dnsOnly
        let diagnosis = try await internet.engine.report(on: request)
        await internet.stop()
        let found = diagnosis.provider
        #expect(diagnosis.inboxType?.rawValue == row.inboxType)
        #expect(found.id == row.provider)
        #expect(found.gateway?.id == row.gateway)
        #expect(found.hosting == row.hosting.value)
        #expect(((row.least ?? 0)...(row.most ?? 1)).contains(found.confidence), "\(found.confidence)")
        if let host = row.imapHost { #expect(diagnosis.settings?.imap.host == host) }
        if row.imapUsername == "given" { #expect(diagnosis.settings?.imapUsername == nil) }
        if row.hasSettings == false { #expect(diagnosis.settings == nil) }
    }
}

/// Whether there are mailboxes, as a row has it: true, false, or `forwarding`.
struct CorpusHosting: Decodable, Sendable {
    var value: MailHosting

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let isHosted = try? container.decode(Bool.self) {
            value = isHosted ? .hosted : .notHosted
        } else {
            _ = try container.decode(String.self)
            value = .forwarding
        }
    }
}
