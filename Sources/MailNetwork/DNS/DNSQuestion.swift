internal import MailModel

/// A question in the one form in which it is asked, cached and compared: lower case, no trailing dot.
struct DNSQuestion: Hashable, Sendable {
    /// The name.
    let name: String
    /// The record type.
    let type: DNSRecordType

    /// Brings a question into its form. It may still be no legal question: see `fault`.
    init(_ name: String, _ type: DNSRecordType) {
        let lowered = name.lowercased()
        self.name = lowered.hasSuffix(".") ? String(lowered.dropLast()) : lowered
        self.type = type
    }

    /// Why no server can be asked this, nil when one can: the lengths of RFC 1035, section 2.3.4, and printable ASCII.
    ///
    /// More characters than those of host names are let through, since SPF macros (RFC 7208, section 7) make such names.
    var fault: String? {
        if name.isEmpty { return "the name is empty" }
        if name.utf8.count > 253 { return "the name is longer than 253 octets" }
        let backslash = UInt8(ascii: "\\")
        guard name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != backslash }) else {
            return "the name holds a character that cannot be asked for"
        }
        for label in name.split(separator: ".", omittingEmptySubsequences: false) {
            if label.isEmpty { return "a label of the name is empty" }
            if label.utf8.count > 63 { return "a label of the name is longer than 63 octets" }
        }
        return nil
    }

    /// The answer that needs no server, nil when one must be asked.
    ///
    /// An IP address has itself for an address. `localhost` and what lies below it is the loopback address and has no
    /// other records (RFC 6761, section 6.3).
    var knownAnswer: DNSOutcome? {
        if let address = IPAddress(name) { return outcome(of: [address]) }
        guard name == "localhost" || name.hasSuffix(".localhost"), fault == nil else { return nil }
        return outcome(of: ["127.0.0.1", "::1"].compactMap { IPAddress($0) })
    }

    /// Those of the addresses that the type asks for.
    ///
    /// - Parameter addresses: All addresses of the name.
    /// - Returns: Records, or no data.
    func outcome(of addresses: [IPAddress]) -> DNSOutcome {
        let wanted = addresses.filter { type == .a && !$0.isIPv6 || type == .aaaa && $0.isIPv6 }
        return wanted.isEmpty ? .noData : .records(wanted.map { .address($0.description) })
    }
}
