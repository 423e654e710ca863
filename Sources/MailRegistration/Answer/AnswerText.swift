import FoundationEssentials
import MailJSON
import MailModel

/// Makes text of the API's answers fit to be shown: no secret of this request, no control characters, not long.
///
/// An answer can echo what was sent, in whatever quoting its server has: see `Redactor`.
struct AnswerText {
    private let redactor: Redactor
    /// The longest form that a secret of this request can take in an answer, in code points.
    private let longestForm: Int

    /// Makes one for a request.
    ///
    /// - Parameters:
    ///   - request: Whose passwords are masked.
    ///   - key: The key to mask.
    init(request: RegistrationRequest, key: APIKey) {
        let usernames = [
            request.address.description, request.settings.smtpUsername, request.settings.imapUsername,
        ].compactMap(\.self)
        self.init(secrets: [request.passwords.smtp, request.passwords.imap, key.secret], usernames: usernames)
    }

    /// Makes one for several requests.
    ///
    /// - Parameters:
    ///   - secrets: What is masked.
    ///   - usernames: What belongs to them and is no secret, though a password may begin with it.
    init(secrets: [Secret], usernames: [String] = []) {
        redactor = Redactor(secrets: secrets, usernames: usernames)
        // Of an octet, a numeric character reference makes eight characters, and so does an escape that is escaped again.
        longestForm = 8 * (secrets.map(\.revealed.utf8.count).max() ?? 0) + 16
    }

    /// The beginning of a text from the API, on one line.
    ///
    /// - Parameters:
    ///   - text: What the API sent.
    ///   - limit: How many code points are kept.
    /// - Returns: The text, safe to store and show.
    func shown(_ text: String, limit: Int = 200) -> String {
        let window = longestForm + 4_096
        var scalars = String.UnicodeScalarView(text.unicodeScalars.prefix(window))
        let isCut = scalars.count == window
        var safe = redactor.redact(withoutEchoes(String(scalars)))
        // A secret that the window cut in two is not found: so the end of a cut text is never shown.
        if isCut { safe = String(String.UnicodeScalarView(safe.unicodeScalars.dropLast(longestForm))) }
        let oneLine = safe.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        scalars = redactor.redact(ServerText(oneLine).escaped).unicodeScalars
        return scalars.count <= limit ? String(scalars) : String(String.UnicodeScalarView(scalars.prefix(limit))) + "…"
    }

    /// The beginning of a body, as text.
    ///
    /// - Parameter octets: The body.
    /// - Returns: The text, safe to store and show.
    func shown(octets: [UInt8]) -> String {
        shown(String(decoding: octets.prefix(4 * (longestForm + 4_096)), as: UTF8.self))
    }

    /// A validation error that was made into text says what the input was, long ones cut in the middle:
    /// `[type=..., input_value='abc...xyz', input_type=str]`. A secret cut like that is in no redactor's list, so the
    /// text ends where such a part begins.
    private func withoutEchoes(_ text: String) -> String {
        let marks = ["input_value=", "'input':", "\"input\":", "'ctx':", "\"ctx\":"]
        let first = marks.compactMap { text[...].firstRange(ofAnyCase: $0)?.upperBound }.min()
        guard let first else { return text }
        return text[..<first] + Redactor.mask
    }
}

extension JSONValue {
    /// Reads a body of the API; nil comes back when it is not JSON, too long or too deep.
    ///
    /// - Parameters:
    ///   - octets: The body; a byte order mark before it is passed over.
    ///   - limit: The most octets that are read.
    init?(answer octets: [UInt8], limit: Int = 65_536) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = octets.starts(with: mark) ? Array(octets.dropFirst(mark.count)) : octets
        let limits = JSONParser.Limits(octets: limit, depth: 16)
        guard let value = try? JSONParser.parse(text, limits: limits) else { return nil }
        self = value
    }
}
