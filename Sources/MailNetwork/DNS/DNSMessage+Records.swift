internal import MailModel

extension DNSMessage {
    /// More aliases in a row than this are taken for a circle; resolvers give up at about the same length.
    static let maximumAliases = 16

    /// What the message says about a question.
    ///
    /// - Parameter question: The question it answers.
    /// - Returns: The outcome; a message that makes no sense is `broken`.
    func outcome(for question: DNSQuestion) -> DNSOutcome {
        switch responseCode {
        case 0: break
        case 2: return .serverFailure
        case 3: return .nameNotFound
        case 5: return .refused
        default: return .broken("the server answered with response code \(responseCode)")
        }
        do {
            let records = try records(for: question)
            return records.isEmpty ? .noData : .records(records)
        } catch {
            return .broken(error.reason)
        }
    }

    private func records(for question: DNSQuestion) throws(DNSMessageError) -> [DNSRecord] {
        let owner = question.type == .cname ? question.name : try canonicalName(of: question.name)
        var records: [DNSRecord] = []
        for answer in answers where answer.owner == owner && answer.type == question.type.number {
            records.append(try record(of: question.type, in: answer.data))
        }
        return question.type == .mx ? Self.byPreference(records) : records
    }

    /// Follows the aliases that the answer itself brings, in whatever order they stand.
    private func canonicalName(of name: String) throws(DNSMessageError) -> String {
        var aliases: [String: String] = [:]
        for answer in answers where answer.type == DNSRecordType.cname.number {
            var reader = DNSReader(octets, at: answer.data.lowerBound)
            let target = try reader.readName()
            if aliases[answer.owner] == nil { aliases[answer.owner] = target }
        }
        var name = name
        for _ in 0...Self.maximumAliases {
            guard let target = aliases[name] else { return name }
            name = target
        }
        throw .aliasLoop
    }

    private func record(of type: DNSRecordType, in data: Range<Int>) throws(DNSMessageError) -> DNSRecord {
        var reader = DNSReader(octets, at: data.lowerBound)
        let record: DNSRecord
        switch type {
        case .a, .aaaa:
            guard data.count == (type == .a ? 4 : 16), let address = IPAddress(octets: octets[data]) else {
                throw .badRecord
            }
            return .address(address.description)
        case .txt: return .txt(try text(in: data))
        case .mx: record = .mx(preference: try reader.readNumber(), exchange: try reader.readName())
        case .cname: record = .cname(try reader.readName())
        case .srv:
            let (priority, weight) = (try reader.readNumber(), try reader.readNumber())
            let port = try reader.readNumber()
            record = .srv(priority: priority, weight: weight, port: port, target: try reader.readName())
        }
        guard reader.position == data.upperBound else { throw .badRecord }
        return record
    }

    /// The character-strings of a TXT record, joined without anything between (RFC 7208, section 3.3).
    private func text(in data: Range<Int>) throws(DNSMessageError) -> String {
        guard data.count <= Self.maximumTextLength else { throw .textTooLong }
        var reader = DNSReader(octets, at: data.lowerBound)
        var joined: [UInt8] = []
        while reader.position < data.upperBound {
            let length = try reader.readOctet()
            let string = try reader.skip(length)
            guard string.upperBound <= data.upperBound else { throw .badRecord }
            joined += octets[string]
        }
        return String(decoding: joined, as: UTF8.self)
    }

    /// Lowest preference first; the server's order among equals.
    private static func byPreference(_ records: [DNSRecord]) -> [DNSRecord] {
        func preference(_ record: DNSRecord) -> Int {
            if case .mx(let preference, _) = record { preference } else { 0 }
        }
        let numbered = records.enumerated().map { (preference($0.element), $0.offset, $0.element) }
        return numbered.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
}

extension DNSRecordType {
    /// The number on the wire (RFC 1035, 3596 and 2782).
    var number: Int {
        switch self {
        case .a: 1
        case .cname: 5
        case .mx: 15
        case .txt: 16
        case .aaaa: 28
        case .srv: 33
        }
    }
}
