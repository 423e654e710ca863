public import MailModel

/// The header field `Authentication-Results` (RFC 8601): `mx.example.com; spf=pass smtp.mailfrom=...; dkim=pass ...`.
public struct AuthenticationResults: Hashable, Sendable {
    /// Who says it (`authserv-id`).
    public let authority: String
    /// The methods and their results, lower case, each method once.
    public let methods: [DeliveryFacts.Method]

    /// Methods in one field.
    static let methodLimit = 16

    /// Reads the topmost field of a header: the receiving server puts its own above those that were there before, which
    /// anybody can have written (section 5). Nil when there is none.
    ///
    /// - Parameter header: Header fields as sent, folded or not.
    public init?(header: [UInt8]) {
        let text = String(decoding: header.prefix(DiscoveryLimits.record), as: UTF8.self)
        var unfolded: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            let line = line.filter { $0 != "\r" }
            if line.first == " " || line.first == "\t" {
                guard let last = unfolded.popLast() else { continue }
                unfolded.append(last + " " + line)
            } else {
                unfolded.append(String(line))
            }
        }
        let name = "authentication-results:"
        guard let field = unfolded.first(where: { $0.lowercased().hasPrefix(name) }) else { return nil }
        let parts = Self.withoutComments(field.dropFirst(name.count)).split(separator: ";")
            .map { $0.split { $0 == " " || $0 == "\t" } }
        guard let authority = parts.first?.first else { return nil }
        self.authority = String(authority)
        var methods: [DeliveryFacts.Method] = []
        for part in parts.dropFirst().prefix(Self.methodLimit) {
            guard let method = part.first.flatMap(Self.method),
                !methods.contains(where: { $0.name == method.name && $0.result == "pass" })
            else { continue }
            methods.removeAll { $0.name == method.name && method.result == "pass" }
            methods.append(method)
        }
        self.methods = methods
    }

    /// `spf=pass`, `dkim/1=fail`
    private static func method(_ word: Substring) -> DeliveryFacts.Method? {
        let sides = word.lowercased().split(separator: "=", maxSplits: 1)
        guard sides.count == 2, let name = sides[0].split(separator: "/").first,
            (String(name) + sides[1]).utf8.allSatisfy({
                (0x61...0x7A).contains($0) || $0 == 0x2D || (0x30...0x39).contains($0)
            })
        else { return nil }
        return DeliveryFacts.Method(name: String(name), result: String(sides[1]))
    }

    private static func withoutComments(_ text: Substring) -> String {
        var depth = 0
        var result = ""
        for character in text {
            if character == "(" { depth += 1 }
            if depth == 0 { result.append(character) }
            if character == ")", depth > 0 { depth -= 1 }
        }
        return result
    }
}
