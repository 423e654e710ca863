/// Writes DNS messages for tests (RFC 1035, section 4).
enum DNSWire {
    /// A name, uncompressed.
    static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    /// A 16-bit number.
    static func number(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }

    /// A record of class IN.
    static func record(_ owner: String, _ type: Int, _ data: [UInt8]) -> [UInt8] {
        name(owner) + number(type) + [0, 1, 0, 0, 0, 60] + number(data.count) + data
    }

    /// An answer without a question section.
    static func message(code: Int = 0, _ answers: [[UInt8]]) -> [UInt8] {
        number(0x1234) + number(0x8180 | code) + [0, 0] + number(answers.count) + [0, 0, 0, 0] + answers.joined()
    }

    /// A query as a server sees it.
    struct Query: Sendable {
        /// The whole message.
        var octets: [UInt8]
        /// Whether it came over TCP.
        var isTCP: Bool
        /// How many came before it.
        var index: Int

        /// Where the question ends.
        private var endOfQuestion: Int {
            var position = 12
            while position < octets.count, octets[position] != 0 { position += Int(octets[position]) + 1 }
            return min(position + 5, octets.count)
        }

        /// The name as asked.
        var name: String {
            var (labels, position) = ([String](), 12)
            while position < octets.count, octets[position] != 0 {
                let end = min(position + 1 + Int(octets[position]), octets.count)
                labels.append(String(decoding: octets[position + 1..<end], as: UTF8.self))
                position = end
            }
            return labels.joined(separator: ".")
        }

        /// Whether it carries an OPT record (RFC 6891).
        var hasEDNS: Bool { octets[11] != 0 }

        /// An answer to it.
        ///
        /// - Parameters:
        ///   - code: The RCODE.
        ///   - truncated: Whether the TC bit is set.
        ///   - answers: Records.
        /// - Returns: The message.
        func answer(code: Int = 0, truncated: Bool = false, _ answers: [[UInt8]] = []) -> [UInt8] {
            let flags = 0x8180 | (truncated ? 0x200 : 0) | code
            return Array(octets[0..<2]) + DNSWire.number(flags) + [0, 1] + DNSWire.number(answers.count)
                + [0, 0, 0, 0] + octets[12..<endOfQuestion] + answers.joined()
        }

        /// An answer with one address.
        func address(_ last: UInt8 = 1) -> [UInt8] { answer([DNSWire.record(name, 1, [192, 0, 2, last])]) }
    }
}
