public import MailModel

/// The header field `Authentication-Results` (RFC 8601): `mx.example.com; spf=pass smtp.mailfrom=...; dkim=pass ...`.
///
/// Only the topmost field is read: the receiving server puts its own above those that were there before, which anybody
/// can have written (section 5). Nothing in a later field reaches what is read of it.
public struct AuthenticationResults: Hashable, Sendable {
    /// Who says it (`authserv-id`).
    public let authority: String
    /// The methods and their results, lower case, each method once. Where one stands there several times, as DKIM does
    /// for a message with several signatures, a pass is enough.
    public let methods: [DeliveryFacts.Method]

    /// Methods in one field.
    static let methodLimit = 16

    /// Reads the topmost field of a header. Nil when there is none, and when it does not say who speaks.
    ///
    /// - Parameter header: Header fields as sent, folded or not, up to the empty line that ends a header.
    public init?(header: [UInt8]) {
        guard let field = TopmostField(of: header, named: "AUTHENTICATION-RESULTS") else { return nil }
        var parts = AuthenticationResultsScanner.parts(of: field.body)
        // The rest of what was cut off could turn one word into another.
        if field.isCut { parts.removeLast() }
        guard let head = parts.first, let authority = head.first?.text, !authority.isEmpty else { return nil }
        self.authority = authority
        let version = head.dropFirst().first?.text ?? "1"
        methods = version == "1" ? Self.merged(parts.dropFirst().compactMap(Self.method)) : []
    }

    private static func merged(_ found: [DeliveryFacts.Method]) -> [DeliveryFacts.Method] {
        var methods: [DeliveryFacts.Method] = []
        for method in found.prefix(methodLimit) {
            guard let index = methods.firstIndex(where: { $0.name == method.name }) else {
                methods.append(method)
                continue
            }
            if methods[index].result != "pass" { methods[index] = method }
        }
        return methods
    }

    /// `methodspec`: `spf=pass`, `dkim / 1 = fail`; what follows it is of no concern. A version that nobody knows says
    /// nothing (section 2.2).
    private static func method(_ words: [AuthenticationResultsScanner.Word]) -> DeliveryFacts.Method? {
        var rest = words[...]
        guard let name = rest.popFirst(), isKeyword(name) else { return nil }
        if rest.first?.isSign("/") == true {
            guard rest.dropFirst().first?.text == "1" else { return nil }
            rest = rest.dropFirst(2)
        }
        guard rest.popFirst()?.isSign("=") == true, let result = rest.popFirst(), isKeyword(result) else { return nil }
        return DeliveryFacts.Method(name: name.text.lowercased(), result: result.text.lowercased())
    }

    /// `Keyword` of RFC 5321, section 4.1.2.
    private static func isKeyword(_ word: AuthenticationResultsScanner.Word) -> Bool {
        !word.text.isEmpty && !word.isQuoted
            && word.text.utf8.allSatisfy { octet in
                (0x61...0x7A).contains(octet | 0x20) || ASCII.digit(octet) != nil || octet == UInt8(ascii: "-")
            }
    }
}

/// The first header field of a name, unfolded (RFC 5322, section 2.2.3).
private struct TopmostField {
    /// What follows the colon, line ends taken out.
    var body: [UInt8] = []
    /// Whether it goes on beyond what is read.
    var isCut = false

    /// Looks for the field. A line ends with LF or CRLF; an empty one ends the header.
    init?(of header: [UInt8], named name: String) {
        let octets = header.prefix(DiscoveryLimits.record)
        var isFound = false
        for line in octets.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false) {
            let line = line.last == ASCII.carriageReturn ? line.dropLast() : line
            guard let first = line.first else {
                guard isFound else { return nil }
                return
            }
            let isFolded = first == ASCII.space || first == 0x09
            if isFound {
                guard isFolded else { return }
                body += line
            } else if !isFolded, let colon = line.firstIndex(of: UInt8(ascii: ":")),
                ASCII.keyword(ASCII.trimmed(line[..<colon])) == name
            {
                isFound = true
                body = Array(line[(colon + 1)...])
            }
        }
        guard isFound else { return nil }
        isCut = octets.count < header.count
    }
}

/// Cuts the field's body into words (RFC 8601, section 2.2; tokens of RFC 2045, quoted strings and nested comments of
/// RFC 5322). What is not closed hides the rest.
private struct AuthenticationResultsScanner {
    /// A token, a quoted string without its quotes, or a sign that stands for itself.
    struct Word: Hashable {
        var text: String
        var isQuoted = false

        func isSign(_ sign: String) -> Bool { text == sign && !isQuoted }
    }

    private var rest: ArraySlice<UInt8>

    /// The words between the semicolons.
    static func parts(of body: [UInt8]) -> [[Word]] {
        var scanner = AuthenticationResultsScanner(rest: body[...])
        var parts: [[Word]] = [[]]
        while let word = scanner.word() {
            if word.isSign(";") { parts.append([]) } else { parts[parts.count - 1].append(word) }
        }
        return parts
    }

    private mutating func word() -> Word? {
        while let octet = rest.first {
            switch octet {
            case ASCII.space, 0x09, ASCII.carriageReturn: rest.removeFirst()
            case UInt8(ascii: "("): skipComment()
            case UInt8(ascii: "\""): return quoted()
            case UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "/"):
                rest.removeFirst()
                return Word(text: String(UnicodeScalar(octet)))
            default:
                let token = rest.prefix { !" \t\r()\";=/".utf8.contains($0) }
                // A bracket that closes nothing.
                guard !token.isEmpty else {
                    rest = []
                    return nil
                }
                rest = rest[token.endIndex...]
                return Word(text: String(decoding: token, as: UTF8.self))
            }
        }
        return nil
    }

    private mutating func skipComment() {
        var depth = 0
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "\\"): _ = rest.popFirst()
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            if depth == 0 { return }
        }
    }

    private mutating func quoted() -> Word? {
        rest.removeFirst()
        var text: [UInt8] = []
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "\""): return Word(text: String(decoding: text, as: UTF8.self), isQuoted: true)
            case UInt8(ascii: "\\"): if let next = rest.popFirst() { text.append(next) }
            default: text.append(octet)
            }
        }
        return nil
    }
}
