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
