/// One account of a demonstration. Its password is a made-up one: it is written in a fixture.
public struct DemoAccount: Hashable, Sendable, Codable {
    /// The address.
    public var address: String
    /// The sender name.
    public var displayName: String
    /// The password, nil for an account that is looked at without one.
    public var password: String?
    /// What it shows, in one sentence.
    public var about: String

    enum CodingKeys: String, CodingKey {
        case address, password, about
        case displayName = "display_name"
    }
}
