/// Why a text is no API key. The text itself is never part of it.
public enum APIKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing but white space.
    case empty
    /// It does not begin as keys begin.
    case wrongPrefix
    /// It holds white space, a control character or something outside ASCII.
    case unusableCharacter

    /// What is wrong, in words for a person.
    public var description: String {
        switch self {
        case .empty: "the API key is empty"
        case .wrongPrefix: "the API key does not begin with \(APIKey.prefix)"
        case .unusableCharacter: "the API key holds a character that a key cannot hold, such as a space or a line end"
        }
    }
}
