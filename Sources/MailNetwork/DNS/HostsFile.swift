internal import Foundation
internal import MailModel

/// The system's own table of names, `/etc/hosts` (hosts(5)).
struct HostsFile: Sendable {
    /// Longer files are read up to here.
    static let maximumLength = 1_048_576

    private let addresses: [String: [IPAddress]]

    /// Reads the table; a file that is missing or unreadable is an empty table.
    ///
    /// - Parameter path: Where it is.
    init(path: String) {
        let octets = try? FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: Self.maximumLength)
        self.init(text: String(decoding: octets ?? Data(), as: UTF8.self))
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
