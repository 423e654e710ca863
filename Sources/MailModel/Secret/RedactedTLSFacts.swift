/// A peer writes into its certificates what it likes, and a server that has seen a password can write it there too.
extension TLSFacts {
    /// The same facts, with secrets taken out of the names that the peer chose. What was verified stays as it was.
    ///
    /// - Parameter redactor: What takes them out.
    /// - Returns: The facts, to store and show.
    public func redacted(by redactor: Redactor) -> TLSFacts {
        var facts = self
        for place in facts.certificates.indices {
            facts.certificates[place].subject = redactor.redact(facts.certificates[place].subject)
            facts.certificates[place].issuer = redactor.redact(facts.certificates[place].issuer)
            facts.certificates[place].dnsNames = facts.certificates[place].dnsNames.map(redactor.redact)
        }
        return facts
    }
}

extension TLSFailure {
    /// The same failure, with secrets taken out of the octets that came in place of a handshake.
    ///
    /// - Parameter redactor: What takes them out.
    /// - Returns: The failure, to store and show.
    public func redacted(by redactor: Redactor) -> TLSFailure {
        guard case .notTLS(let octets) = self else { return self }
        return .notTLS(firstOctets: redactor.text(octets.escaped.utf8))
    }
}
