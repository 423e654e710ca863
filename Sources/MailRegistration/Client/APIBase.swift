import FoundationEssentials
import MailModel

/// Where the API lives: an https URL, to which the documented prefix and a path are joined.
///
/// `https://api.example`, `https://api.example/` and `https://api.example/api/public/v1` are the same base. A path
/// before the prefix is kept, for an API behind a gateway. Case and a final dot of the host, and the port 443, make no other base.
public struct APIBase: Hashable, Sendable, CustomStringConvertible {
    /// The documented prefix of every path.
    static let prefix = "/api/public/v1"

    /// The base without the prefix and without a trailing slash.
    public let description: String

    /// Reads a base.
    ///
    /// - Parameter text: The URL as the user gave it; white space around it is dropped.
    /// - Throws: `APIBaseError`, which does not quote the text: it may hold a password that does not belong there.
    public init(_ text: String) throws(APIBaseError) {
        let text = text.trimmingWhitespace()
        guard text.utf8.allSatisfy(Self.isURLCharacter), let parts = URLComponents(string: text) else {
            throw .malformed
        }
        guard parts.scheme?.lowercased() == "https" else { throw .notHTTPS }
        guard parts.user == nil, parts.password == nil else { throw .userInformation }
        guard parts.query == nil, parts.fragment == nil else { throw .queryOrFragment }
        guard let host = parts.host, !host.isEmpty else { throw .noHost }
        if let port = parts.port, !(1...65_535).contains(port) { throw .malformed }
        let authority = Self.normalized(host) + (parts.port.map { $0 == 443 ? "" : ":\($0)" } ?? "")
        description = "https://" + authority + (try Self.pathBeforePrefix(parts.percentEncodedPath))
    }

    /// The URL of a resource.
    ///
    /// - Parameter segments: The path below the prefix, segment by segment; each is percent-encoded (RFC 3986, 3.3).
    /// - Returns: The URL.
    func url(_ segments: [String]) -> String {
        description + Self.prefix + "/" + segments.map(Self.percentEncoded).joined(separator: "/")
    }

    /// Everything but the unreserved characters as octets (RFC 3986, sections 2.1 and 2.3).
    private static func percentEncoded(_ segment: String) -> String {
        segment.utf8.map { octet in
            let character = Character(Unicode.Scalar(octet))
            guard !(character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character)))
            else {
                return String(character)
            }
            let digits = String(octet, radix: 16, uppercase: true)
            return (octet < 16 ? "%0" : "%") + digits
        }.joined()
    }

    /// A host in small letters and without the dot that may end a name (RFC 3986, section 3.2.2): the same server, written
    /// once. A name that is only dots stays, to be refused when it is looked up.
    private static func normalized(_ host: String) -> String {
        let name = host.lowercased()
        return name.hasSuffix(".") && !name.hasSuffix("..") && name.count > 1 ? String(name.dropLast()) : name
    }

    private static func pathBeforePrefix(_ path: String) throws(APIBaseError) -> String {
        let segments = path.split(separator: "/")
        // A client may resolve these, and a server may resolve them differently.
        guard !segments.contains(where: { $0 == "." || $0 == ".." }) else { throw .malformed }
        let joined = segments.map { "/" + $0 }.joined()
        return joined.hasSuffix(prefix) ? String(joined.dropLast(prefix.count)) : joined
    }

    private static func isURLCharacter(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
    }
}
