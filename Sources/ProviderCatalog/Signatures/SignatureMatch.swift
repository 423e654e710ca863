public import MailModel

/// A signature that fits a reply, and how well.
public struct SignatureMatch: Hashable, Sendable {
    /// The signature.
    public var signature: Signature
    /// What the match rests on.
    public var specificity: Specificity
    /// The signature's confidence, less for what could not be proved: a code or a stage that is not known.
    public var confidence: Double

    /// The finding that the match stands for.
    ///
    /// - Parameters:
    ///   - reply: The reply that was matched; nil for words of a program, which nobody said.
    ///   - service: The side it came from.
    ///   - stage: The stage at which it came.
    ///   - evidence: What the finding rests on.
    /// - Returns: The finding, with the server's own words.
    public func finding(
        for reply: ServerReply?, service: MailService?, stage: Stage?, evidence: [String]
    ) -> Finding {
        Finding(
            id: signature.finding, severity: signature.severity, confidence: confidence,
            service: service ?? signature.service, stage: stage ?? signature.stage, summary: signature.summary,
            detail: signature.detail, serverText: reply?.quoted, evidence: evidence, remedy: signature.remedy,
            retry: signature.retry)
    }

    /// Whether this match is to be told before another; total, so that the order never depends on the files' order.
    func isBetter(than other: SignatureMatch) -> Bool {
        if specificity != other.specificity { return specificity > other.specificity }
        let (left, right) = (signature, other.signature)
        if left.needleLength != right.needleLength { return left.needleLength > right.needleLength }
        if left.pattern.count != right.pattern.count { return left.pattern.count > right.pattern.count }
        if confidence != other.confidence { return confidence > other.confidence }
        return left.id < right.id
    }
}

/// How much a match rests on. A later case is the better one.
public enum Specificity: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// A class of codes, or an IMAP status alone.
    case codeClass
    /// An SMTP code alone.
    case code
    /// An enhanced status code, or an IMAP response code.
    case enhancedCode
    /// Words that several servers use, without a code.
    case text
    /// A code and words.
    case codeAndText
    /// The default words of a server software.
    case softwareText
    /// A code, at a provider where it means this.
    case providerCode
    /// The words of this provider, or words that only one provider uses. Among those the longer ones say more, with a
    /// code or without.
    case providerText

    /// Whether one rests on less than another.
    ///
    /// - Parameters:
    ///   - left: One.
    ///   - right: The other.
    /// - Returns: True when `left` is the weaker one.
    public static func < (left: Specificity, right: Specificity) -> Bool { left.rawValue < right.rawValue }
}
