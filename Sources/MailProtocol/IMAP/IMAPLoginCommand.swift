import MailModel

/// The command LOGIN (RFC 9051, section 6.2.3), in as many pieces as there are waits for the server in it.
///
/// Names and passwords go as quoted strings; those with octets above 0x7F, which a quoted string cannot hold, as
/// literals.
struct IMAPLoginCommand {
    /// The pieces: each but the first is sent when the server asks for it by a continuation request.
    private(set) var pieces: [OutgoingData] = []

    private let capabilities: IMAPCapabilities
    private var octets: [UInt8]
    private var shown: String

    /// Whether the command can carry a text: CR, LF and NUL it cannot.
    ///
    /// - Parameter text: A user name or password.
    /// - Returns: True when none of the three is in it.
    static func canCarry(_ text: String) -> Bool { !text.utf8.contains(where: unsendable.contains) }

    private static let unsendable: [UInt8] = [0, ASCII.carriageReturn, ASCII.lineFeed]

    /// Makes the command.
    ///
    /// - Parameters:
    ///   - tag: Its tag.
    ///   - username: The user name.
    ///   - password: The password.
    ///   - capabilities: What the server offers.
    ///   - redactor: Masks what the user name may hold of a secret.
    /// - Throws: `UnusableCredential` for empty parts, and for CR, LF and NUL.
    init(
        tag: String, username: String, password: String, capabilities: IMAPCapabilities, redactor: Redactor
    ) throws(UnusableCredential) {
        try UnusableCredential.check(username: username, secret: password, without: Self.unsendable)
        self.capabilities = capabilities
        octets = Array("\(tag) LOGIN".utf8)
        shown = "\(tag) LOGIN"
        append(Array(username.utf8), shown: redactor.text(username.utf8).escaped)
        append(Array(password.utf8), shown: "[redacted]")
        endPiece()
    }

    private mutating func append(_ argument: [UInt8], shown text: String) {
        octets.append(ASCII.space)
        if argument.contains(where: { $0 > 0x7F }) {
            appendMarker(argument.count)
            octets += argument
        } else {
            let quote = UInt8(ascii: "\"")
            octets += [quote] + argument.flatMap { Self.needsEscape($0) ? [UInt8(ascii: "\\"), $0] : [$0] } + [quote]
        }
        shown += shown.isEmpty ? text : " \(text)"
    }

    private mutating func appendMarker(_ count: Int) {
        let isUnasked = capabilities.takesLiteralUnasked(of: count)
        let marker = isUnasked ? "{\(count)+}" : "{\(count)}"
        octets += Array(marker.utf8)
        shown += shown.isEmpty ? marker : " \(marker)"
        if isUnasked { octets += ASCII.lineEnd } else { endPiece() }
    }

    private mutating func endPiece() {
        pieces.append(OutgoingData(octets: octets + ASCII.lineEnd, shown: shown))
        octets = []
        shown = ""
    }

    private static func needsEscape(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\")
    }
}
