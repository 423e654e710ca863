import Foundation

/// The keys of a behaviour file, as they are written.
struct MailBehaviourFile: Decodable {
    /// How long a file may be, in octets.
    static let maximumLength = 262_144

    var service: String
    var about: String?
    var greeting: [String]?
    var capabilities: [String]?
    var mechanisms: [String]?
    var startTLS: Bool?
    var loginInClear: Bool?
    var users: [MailBehaviourUser]?
    var replies: [String: [String]]?
    var mailboxes: [String]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case service, about, greeting, capabilities, mechanisms, users, replies, mailboxes
        case startTLS = "starttls"
        case loginInClear = "login_in_clear"
    }

    /// Decodes a file; a key that is not known is an error, so that a typo is not a silent default.
    static func read(_ json: Data) throws(MailBehaviourError) -> MailBehaviourFile {
        guard json.count <= maximumLength else { throw MailBehaviourError("longer than \(maximumLength) octets") }
        do {
            let keys = try JSONDecoder().decode([String: JSONValue].self, from: json).keys
            let known = Set(CodingKeys.allCases.map(\.rawValue))
            if let unknown = keys.sorted().first(where: { !known.contains($0) }) {
                throw MailBehaviourError("unknown key \(unknown)")
            }
            return try JSONDecoder().decode(MailBehaviourFile.self, from: json)
        } catch let error as MailBehaviourError {
            throw error
        } catch {
            throw MailBehaviourError("\(error)")
        }
    }
}
