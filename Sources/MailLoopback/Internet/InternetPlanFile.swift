import FoundationEssentials
import MailJSON

/// The keys of `internet.json`, as they are written.
struct InternetPlanFile: Sendable {
    /// One service.
    struct Site: Sendable {
        var host: String
        var port: Int
        var security: String?
        var certificate: String?
        var behaviour: String?
        var dialogue: String?
        var registers: Bool?

        static let json = JSONDescription<Site>.object(
            Site.init,
            .field("host", \.host, .text, "The name under which it is found."),
            .field("port", \.port, .integer(in: 1...65_535), "The TCP port."),
            .field("security", \.security, .optional(.text), missing: nil, "How TLS begins."),
            .field("certificate", \.certificate, .optional(.text), missing: nil, "The kind of certificate."),
            .field("behaviour", \.behaviour, .optional(.text), missing: nil, "The file with its behaviour."),
            .field("dialogue", \.dialogue, .optional(.text), missing: nil, "The file with its dialogue."),
            .field("registers", \.registers, .optional(.bool), missing: nil, "Whether it is the registration API."))
    }

    var about: String?
    var sites: [Site]
    var zone: [String]
    var dnsFaults: [String: String]?
    var accounts: [DemoAccount]

    static func read(_ json: Data) throws(InternetPlanError) -> InternetPlanFile {
        do throws(JSONMistake) {
            return try self.json.read(octets: Array(json), .strict)
        } catch {
            throw InternetPlanError("internet.json: \(error)")
        }
    }

    private static let json = JSONDescription<InternetPlanFile>.object(
        InternetPlanFile.init,
        .field("about", \.about, .optional(.text), missing: nil, "What the plan is for."),
        .field("sites", \.sites, .list(Site.json), "The services."),
        .field("zone", \.zone, .texts, "The DNS records, one a line."),
        .field("dns_faults", \.dnsFaults, .optional(.dictionary(.text)), missing: nil, "Names that go wrong, and how."),
        .field("accounts", \.accounts, .list(DemoAccount.json), "The accounts that it is made for."))
}

/// Why a plan of an internet cannot be used.
public struct InternetPlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and in which file.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// One account of a demonstration. Its password is a made-up one: it is written in a fixture.
public struct DemoAccount: Hashable, Sendable {
    /// The address.
    public var address: String
    /// The sender name.
    public var displayName: String
    /// The password, nil for an account that is looked at without one.
    public var password: String?
    /// What it shows, in one sentence.
    public var about: String

    fileprivate static let json = JSONDescription<DemoAccount>.object(
        DemoAccount.init(address:displayName:password:about:),
        .field("address", \.address, .text, "The address."),
        .field("display_name", \.displayName, .text, "The sender name."),
        .field("password", \.password, .optional(.text), missing: nil, "The password, none to look without one."),
        .field("about", \.about, .text, "What it shows."))
}
