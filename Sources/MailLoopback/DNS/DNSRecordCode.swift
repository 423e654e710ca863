import FoundationEssentials
import Glibc
import MailModel

/// A record in wire format: its type's number and its data (RFC 1035, section 3.3; RFC 2782; RFC 3596).
struct DNSRecordCode: Hashable, Sendable {
    let type: UInt16
    let data: [UInt8]

    /// Encodes a record; nil for an address that is none.
    init?(_ record: DNSRecord) {
        switch record {
        case .address(let text):
            guard let octets = Self.address(text) else { return nil }
            self.init(type: octets.count == 4 ? 1 : 28, data: octets)
        case .cname(let name): self.init(type: 5, data: Self.name(name))
        case .mx(let preference, let exchange):
            self.init(type: 15, data: Self.words([preference]) + Self.name(exchange))
        case .txt(let text): self.init(type: 16, data: Self.strings(text))
        case .srv(let priority, let weight, let port, let target):
            self.init(type: 33, data: Self.words([priority, weight, port]) + Self.name(target))
        }
    }

    private init(type: UInt16, data: [UInt8]) {
        self.type = type
        self.data = data
    }

    /// A name as labels, not compressed. Labels are cut to 63 octets: a zone of ours may be hostile, not broken.
    static func name(_ name: String) -> [UInt8] {
        let labels = name.split(separator: ".").map { Array($0.utf8.prefix(63)) }
        return labels.flatMap { [UInt8($0.count)] + $0 } + [0]
    }

    static func words(_ numbers: [Int]) -> [UInt8] {
        numbers.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    private static func address(_ text: String) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &octets) == 1 { return Array(octets.prefix(4)) }
        return inet_pton(AF_INET6, text, &octets) == 1 ? octets : nil
    }

    /// A text as character-strings of up to 255 octets.
    private static func strings(_ text: String) -> [UInt8] {
        var rest = Array(text.utf8)[...]
        var data: [UInt8] = []
        repeat {
            data += [UInt8(min(255, rest.count))] + rest.prefix(255)
            rest = rest.dropFirst(255)
        } while !rest.isEmpty
        return data
    }
}
