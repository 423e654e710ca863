public import MailModel

/// One term of an SPF record that breaks the grammar, which makes receivers answer `permerror` (RFC 7208, section 4.6).
public struct SPFProblem: Hashable, Sendable {
    /// What is wrong with it. The raw values are stable.
    public enum Fault: String, Error, Hashable, Sendable, CaseIterable {
        /// No such mechanism.
        case unknownMechanism = "unknown_mechanism"
        /// A domain is asked for and is not there.
        case missingDomain = "missing_domain"
        /// What stands there is no domain.
        case badDomain = "bad_domain"
        /// A `%` that begins no macro (section 7.1).
        case badMacro = "bad_macro"
        /// What stands there is no IP address of the right family.
        case badAddress = "bad_address"
        /// The prefix length is no number or too large.
        case badPrefixLength = "bad_prefix_length"
        /// Something follows that the mechanism does not take.
        case unexpectedArgument = "unexpected_argument"
        /// `redirect` or `exp` stands there twice (section 6).
        case duplicateModifier = "duplicate_modifier"
        /// The record is longer than what is read.
        case tooLong = "too_long"
    }

    /// The term as written.
    public let term: ServerText
    /// What is wrong with it.
    public let fault: Fault

    /// Makes a problem.
    ///
    /// - Parameters:
    ///   - term: The term as written.
    ///   - fault: What is wrong with it.
    init(_ term: Substring, _ fault: Fault) {
        self.term = ServerText(octets: Array(term.utf8), limit: 255)
        self.fault = fault
    }
}

/// One mechanism of an SPF record with its qualifier (RFC 7208, sections 4.6.2 and 5).
public struct SPFMechanism: Hashable, Sendable {
    /// What a match means.
    public enum Qualifier: String, Hashable, Sendable, CaseIterable {
        /// Allowed, which is meant when there is no qualifier.
        case pass = "+"
        /// Not allowed.
        case fail = "-"
        /// Probably not allowed.
        case softfail = "~"
        /// Nothing is said.
        case neutral = "?"
    }

    /// What is compared.
    public enum Kind: Hashable, Sendable {
        /// Everything matches.
        case all
        /// The record of another domain.
        case include(SPFDomain)
        /// The addresses of a name, of the domain itself when nil. Prefix lengths in bits.
        case a(SPFDomain?, ip4Prefix: Int, ip6Prefix: Int)
        /// The addresses of the mail exchangers of a name, of the domain itself when nil. Prefix lengths in bits.
        case mx(SPFDomain?, ip4Prefix: Int, ip6Prefix: Int)
        /// The name of the client's address, not to be used any more (section 5.5).
        case ptr(SPFDomain?)
        /// An IPv4 network: address and prefix length in bits.
        case ip4(String, prefix: Int)
        /// An IPv6 network: address and prefix length in bits.
        case ip6(String, prefix: Int)
        /// Whether a name, usually with macros, has an address.
        case exists(SPFDomain)
    }

    /// What a match means.
    public let qualifier: Qualifier
    /// What is compared.
    public let kind: Kind

    /// Whether receivers have to ask the DNS for it, and count it (section 4.6.4).
    public var costsLookup: Bool {
        switch kind {
        case .include, .a, .mx, .ptr, .exists: true
        case .all, .ip4, .ip6: false
        }
    }

    /// The name that is asked for, nil when it is the domain itself or there is none.
    public var domain: SPFDomain? {
        switch kind {
        case .include(let domain), .exists(let domain): domain
        case .a(let domain, _, _), .mx(let domain, _, _), .ptr(let domain): domain
        case .all, .ip4, .ip6: nil
        }
    }
}

/// A `domain-spec` of SPF (RFC 7208, section 7.1): a name in which macros may stand, such as
/// `%{ir}.%{v}._spf.%{d2}.example.com`. Macros are checked and kept as text, never expanded.
public struct SPFDomain: Hashable, Sendable, CustomStringConvertible {
    /// The text as written, visible ASCII only.
    public let description: String
    /// Whether there is a macro in it.
    public let hasMacros: Bool
    /// The whole labels after the last macro, lower case and without a trailing dot: what is the same for every mail.
    /// The whole name when there is no macro, nil when the name ends in one.
    public let macroSuffix: String?

    /// Reads a name.
    ///
    /// - Parameter text: What stands after the colon or the equals sign.
    /// - Throws: `missingDomain`, `badMacro` or `badDomain`.
    init(_ text: Substring) throws(SPFProblem.Fault) {
        guard !text.isEmpty else { throw .missingDomain }
        let constant = try Self.afterMacros(text)
        description = String(text)
        hasMacros = constant.count < text.utf8.count
        var labels = constant.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        if labels.last == "" { labels.removeLast() }
        guard let top = labels.last else {
            guard hasMacros, constant.isEmpty else { throw .badDomain }
            macroSuffix = nil
            return
        }
        guard labels.count >= 2, Self.isTopLabel(top) else { throw .badDomain }
        if hasMacros { labels.removeFirst() }
        guard !labels.contains("") else { throw .badDomain }
        macroSuffix = labels.joined(separator: ".")
    }

    /// Checks every macro of a `macro-string`.
    ///
    /// - Parameter text: The string.
    /// - Returns: What stands after the last macro.
    /// - Throws: `badMacro`, or `badDomain` for what is not visible ASCII.
    static func afterMacros(_ text: Substring) throws(SPFProblem.Fault) -> Substring {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .badDomain }
        var rest = text
        while let percent = rest.firstIndex(of: "%") {
            let macro = rest[percent...].dropFirst()
            switch macro.first {
            case "%", "_", "-": rest = macro.dropFirst()
            case "{":
                guard let end = macro.firstIndex(of: "}"), isMacro(macro[..<end].dropFirst()) else { throw .badMacro }
                rest = macro[end...].dropFirst()
            default: throw .badMacro
            }
        }
        return rest
    }

    /// `macro-letter transformers *delimiter`
    private static func isMacro(_ text: Substring) -> Bool {
        guard let letter = text.first, "slodiphcrtv".contains(letter.lowercased()) else { return false }
        var rest = text.dropFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        guard digits.isEmpty || digits.contains(where: { $0 != "0" }), digits.count <= 3 else { return false }
        if rest.first == "r" || rest.first == "R" { rest = rest.dropFirst() }
        return rest.allSatisfy { ".-+,/_=".contains($0) }
    }

    /// `toplabel`: letters, digits and inner hyphens, and not digits alone.
    private static func isTopLabel(_ label: Substring) -> Bool {
        let isAllowed = label.utf8.allSatisfy { octet in
            octet == UInt8(ascii: "-") || ASCII.digit(octet) != nil
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
        }
        return isAllowed && label.first != "-" && label.last != "-" && label.utf8.contains { ASCII.digit($0) == nil }
    }
}
