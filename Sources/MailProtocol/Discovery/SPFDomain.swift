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
