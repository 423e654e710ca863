import Foundation
import MailConnect
import MailModel
import MailTestSupport

/// One domain of `fixtures/detection/domains.json`: its records, and what detection should say from them.
struct CorpusRow: Decodable, Sendable {
    var domain: String
    var group: String
    var zone: [String]
    var inboxType: InboxType?
    var provider: String?
    var gateway: String?
    /// Whether mail is hosted, nil where the records leave it open.
    var hosting: MailHosting?

    private enum Key: String, CodingKey {
        case domain, group, zone, provider, gateway
        case inboxType = "inbox_type"
        case hosting = "mail_hosted"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        domain = try row.decode(String.self, forKey: .domain)
        group = try row.decode(String.self, forKey: .group)
        zone = try row.decode([String].self, forKey: .zone)
        inboxType = try row.decode(String?.self, forKey: .inboxType).flatMap(InboxType.init)
        provider = try row.decode(String?.self, forKey: .provider)
        gateway = try row.decode(String?.self, forKey: .gateway)
        if let isHosted = try? row.decode(Bool.self, forKey: .hosting) {
            hosting = isHosted ? .hosted : .notHosted
        } else {
            hosting = try row.decode(String?.self, forKey: .hosting) == "forwarding" ? .forwarding : nil
        }
    }

    /// All rows.
    static func all() throws -> [CorpusRow] {
        struct File: Decodable { var domains: [CorpusRow] }
        let data = try Data(contentsOf: URL(fileURLWithPath: Repository.path("fixtures/detection/domains.json")))
        return try JSONDecoder().decode(File.self, from: data).domains
    }
}
