internal import FoundationEssentials
import Glibc
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

/// The system's own table of names, `/etc/hosts` (hosts(5)).
struct HostsFile: Sendable {
    /// Longer files are read up to here.
    static let maximumLength = 1_048_576

    private let addresses: [String: [IPAddress]]

    /// Reads the table; a file that is missing or unreadable is an empty table.
    ///
    /// - Parameter path: Where it is.
    init(path: String) {
        self.init(text: String(decoding: Self.octets(of: path), as: UTF8.self))
    }

    private static func octets(of path: String) -> [UInt8] {
        guard let file = fopen(path, "re") else { return [] }
        defer { fclose(file) }
        return Array(unsafeUninitializedCapacity: maximumLength) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
    }

    /// Reads the text of a table.
    ///
    /// - Parameter text: Lines of an address, a name and aliases.
    init(text: String) {
        var table: [String: [IPAddress]] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
            guard let first = fields.first, let address = IPAddress(String(first)) else { continue }
            for name in fields.dropFirst() { table[name.lowercased(), default: []].append(address) }
        }
        addresses = table
    }

    /// What the table says.
    ///
    /// - Parameter question: The question.
    /// - Returns: Addresses; no data when the name has only addresses of the other family, as the system's own resolver
    ///   does it; nil when the table knows nothing.
    func answer(to question: DNSQuestion) -> DNSOutcome? {
        guard question.type == .a || question.type == .aaaa, let found = addresses[question.name] else { return nil }
        return question.outcome(of: found)
    }
}
