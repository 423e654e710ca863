import FoundationEssentials

/// What a secret can look like in a text whose escapes are undone, and which parts of it are told as parts of it.
///
/// **How much of a secret is masked.** A server that cuts what it quotes shows a beginning or an end. What is left to guess
/// is the rest, so half of the secret is masked, from six characters on: five are no help, and stand in every other word. Of
/// a long token, whose rest nobody guesses, 24 characters are enough. People take words of the very texts that are
/// searched for passwords (`Password2024`, `authentication!`), and to mask such a word wherever a server says it would both
/// take the sense out of the reply and tell the word. So a single word counts only when the cut went through it and five
/// eighths of the secret are there, and words that replies are made of never count.
struct SecretPatterns {
    /// Octets that must be left without separators for a pattern to be searched for across separators.
    static let shortestSqueezed = 8
    private static let shortestPart = 6
    private static let shortestWord = 8
    private static let enoughOfALongOne = 24

    /// To find in a text as it is.
    private(set) var exact = Sides()
    /// To find in a text without separators.
    private(set) var squeezed = Sides()

    /// Patterns to be read forwards, and those with telling ends, to be read from the end.
    struct Sides {
        var forward: [PatternAutomaton.Pattern] = []
        var backward: [PatternAutomaton.Pattern] = []
    }

    private let usernames: [[UInt8]]
    private var seen: Set<[UInt8]> = []

    /// Makes the patterns.
    ///
    /// - Parameters:
    ///   - secrets: The secrets.
    ///   - usernames: Who may log in with them: for the messages that hold both, and since a user name is no secret.
    init(_ secrets: [String], usernames: [String]) {
        self.usernames = usernames.map { $0.utf8.map(OctetKind.folded) }
        for secret in secrets where !secret.isEmpty {
            let cores = (0..<3).compactMap { Self.base64(of: secret, alignment: $0) }
            for core in cores { add(Array(core.utf8), isBase64: true) }
            if cores.count < 3 { for message in Self.messages(secret, usernames) { add(message, isBase64: true) } }
            guard secret.count >= 3 else { continue }
            for form in Self.forms(of: secret) { add(form, isBase64: false) }
        }
    }

    private mutating func add(_ octets: [UInt8], isBase64: Bool) {
        let folded = octets.map(OctetKind.folded)
        guard folded.count >= 3, seen.insert(folded + [isBase64 ? 1 : 0]).inserted else { return }
        let bare = folded.filter { !OctetKind.isSeparator($0) }
        let all = parts(of: folded, isBase64)
        let isSqueezed = bare.count >= Self.shortestSqueezed
        // Blanks around a secret are a part of it, and without separators they would not be found.
        let isPadded = OctetKind.isSeparator(folded[0]) || OctetKind.isSeparator(folded[folded.count - 1])
        if !isSqueezed || isPadded { add(folded, parts: all, isBase64, to: \.exact) }
        guard isSqueezed else { return }
        var kept: [Bool] = [false]
        var ends: [Bool] = [false]
        for (place, octet) in folded.enumerated() where !OctetKind.isSeparator(octet) {
            // By how much of it was read, and by how much was still to come.
            kept.append(all.beginnings[place + 1])
            ends.append(all.ends[folded.count - place])
        }
        add(bare, parts: (kept, [false] + ends.dropFirst().reversed()), isBase64, to: \.squeezed)
    }

    private mutating func add(
        _ octets: [UInt8], parts: (beginnings: [Bool], ends: [Bool]), _ isBase64: Bool,
        to sides: WritableKeyPath<Self, Sides>
    ) {
        self[keyPath: sides].forward.append(
            .init(octets: octets, isBase64: isBase64, tellingLengths: parts.beginnings))
        guard parts.ends.contains(true) else { return }
        self[keyPath: sides].backward.append(.init(octets: octets.reversed(), tellingLengths: parts.ends))
    }

    // MARK: Parts

    /// For each length from none to the whole, whether a beginning or an end so long is masked.
    private func parts(of octets: [UInt8], _ isBase64: Bool) -> (beginnings: [Bool], ends: [Bool]) {
        let none = Array(repeating: false, count: octets.count + 1)
        guard !isBase64, octets.count > Self.shortestPart else { return (none, none) }
        return (
            Self.tellingLengths(octets, usernames),
            Self.tellingLengths(octets.reversed(), usernames.map { $0.reversed() }, isReversed: true)
        )
    }

    private static func tellingLengths(
        _ octets: [UInt8], _ usernames: [[UInt8]], isReversed: Bool = false
    ) -> [Bool] {
        let count = octets.count
        let known = lengthInside(usernames, octets)
        // Beyond this length there is more in it than words.
        let worded = octets.prefix { OctetKind.isLetter($0) || OctetKind.isSeparator($0) }.count
        return (0...count).map { length in
            let isHalf = length >= max(shortestPart, min((count + 1) / 2, enoughOfALongOne))
            guard length < count, length > known, isHalf else { return false }
            guard length <= worded else { return true }
            let part = octets[..<length]
            let words = (isReversed ? Array(part.reversed()) : Array(part)).split(
                whereSeparator: OctetKind.isSeparator)
            let isOrdinary = words.allSatisfy { replyWords.contains(String(decoding: $0, as: UTF8.self)) }
            guard !isOrdinary, words.count < 2 else { return !isOrdinary }
            // Of a single word only what was cut through, and more of it.
            let most = max(shortestWord, min((5 * count + 7) / 8, enoughOfALongOne))
            return OctetKind.isLetter(octets[length]) && length >= most
        }
    }

    /// How long a beginning stands in a user name: so much of it is no secret.
    private static func lengthInside(_ usernames: [[UInt8]], _ octets: [UInt8]) -> Int {
        var longest = 0
        for name in usernames {
            for start in name.indices {
                let common = zip(name[start...], octets).prefix { $0 == $1 }.count
                longest = max(longest, common)
            }
        }
        return longest
    }

    /// Words that replies are made of.
    private static let replyWords: Set<String> = [
        "access", "account", "accounts", "administrator", "and", "application", "applications", "authenticate",
        "authenticated", "authentication", "authorization", "available", "code", "connection", "connections",
        "credential", "credentials", "denied", "disabled", "encryption", "error", "exceeded", "exchange", "expired",
        "failed", "failure", "for", "imap", "incorrect", "invalid", "is", "login", "mail", "mailbox", "mailboxes",
        "mechanism", "mechanisms", "microsoft", "name", "not", "or", "outlook", "password", "passwords", "protocol",
        "rejected", "required", "resources", "security", "server", "smtp", "submission", "successful", "temporarily",
        "temporary", "the", "too", "unavailable", "unsuccessful", "user", "username", "usernames", "wrong",
    ]

    // MARK: Forms

    /// The secret as it is, without the blanks around it, in both normal forms of Unicode, in small and capital letters, in
    /// Latin-1, as it is made safe to show, with its own escapes undone, and with a plus for each blank.
    private static func forms(of secret: String) -> [[UInt8]] {
        var texts = [secret, secret.trimmingWhitespace(), ServerText(secret).escaped]
        if secret.utf8.contains(where: { $0 >= 0x80 }) {
            // A server may answer in another normal form; Swift takes the two for equal, the octets differ.
            texts += [secret.composed, secret.decomposed]
            texts += texts.flatMap { [$0.lowercased(), $0.uppercased()] }
        }
        var forms = texts.map { Array($0.utf8) }
        let scalars = secret.composed.unicodeScalars
        if scalars.allSatisfy({ $0.value <= 0xFF }) {
            forms.append(scalars.map { UInt8(truncatingIfNeeded: $0.value) })
        }
        for kind in EscapeReader.Kind.allCases {
            var reading = TextReading(forms[0])
            while let next = reading.unescaped(kind), forms.count < 16 {
                forms.append(next.octets)
                reading = next
            }
        }
        if secret.utf8.contains(0x20) { forms.append(forms[0].map { $0 == 0x20 ? UInt8(ascii: "+") : $0 }) }
        guard secret.utf8.count < shortestSqueezed + 4 else { return forms }
        // The NUL octets between the letters of UTF-16 are separators where a secret is long enough.
        return forms + [forms[0].flatMap { [$0, 0] }]
    }

    /// The SASL messages that carry the secret, whole: PLAIN, LOGIN, XOAUTH2, OAUTHBEARER.
    private static func messages(_ secret: String, _ usernames: [String]) -> [[UInt8]] {
        var messages = [secret]
        for username in usernames {
            messages.append("\0\(username)\0\(secret)")
            messages.append("\(username)\0\(username)\0\(secret)")
            messages.append("user=\(username)\u{1}auth=Bearer \(secret)\u{1}\u{1}")
            messages.append("n,a=\(username),\u{1}auth=Bearer \(secret)\u{1}\u{1}")
        }
        return messages.map { message in
            let encoded = Array(Data(message.utf8).base64EncodedString().utf8)
            return Array(encoded.prefix { $0 != UInt8(ascii: "=") })
        }
    }

    /// The characters of the base64 of a longer blob that depend on the secret alone, when it starts at `alignment`.
    private static func base64(of secret: String, alignment: Int) -> String? {
        let padded = Data(repeating: 0, count: alignment) + Data(secret.utf8)
        let encoded = padded.base64EncodedString()
        let significant = padded.count * 8 / 6
        let first = (alignment * 8 + 5) / 6
        guard significant > first + 3 else { return nil }
        return String(encoded.dropFirst(first).prefix(significant - first))
    }
}
