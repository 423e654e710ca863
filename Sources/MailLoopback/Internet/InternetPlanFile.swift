import Foundation

/// The keys of `internet.json`, as they are written.
struct InternetPlanFile: Decodable, Sendable {
    /// One service.
    struct Site: Decodable, Sendable {
        var host: String
        var port: Int
        var security: String?
        var certificate: String?
        var behaviour: String?
        var dialogue: String?
        var registers: Bool?
    }

    var about: String?
    var sites: [Site]
    var zone: [String]
    var dnsFaults: [String: String]?
    var accounts: [DemoAccount]

    enum CodingKeys: String, CodingKey {
        case about, sites, zone, accounts
        case dnsFaults = "dns_faults"
    }

    static func read(_ json: Data) throws(InternetPlanError) -> InternetPlanFile {
        do {
            return try JSONDecoder().decode(InternetPlanFile.self, from: json)
        } catch {
            throw InternetPlanError("internet.json: \(error)")
        }
    }
}
