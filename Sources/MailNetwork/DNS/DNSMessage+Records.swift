internal import MailModel

extension DNSMessage {
    /// More aliases in a row than this are taken for a circle; resolvers give up at about the same length.
    static let maximumAliases = 16

    /// What the message says about a question.
    ///
    /// - Parameter question: The question it answers.
    /// - Returns: The outcome; a message that makes no sense is `broken`.
    func answer(to question: DNSQuestion) -> DNSAnswer {
        do {
            try check(question)
            switch responseCode {
            case 0: return try content(for: question)
            case 2: return DNSAnswer(outcome: .serverFailure)
            case 3: return DNSAnswer(outcome: .nameNotFound, ttl: negativeTTL.map { .seconds($0) })
            case 5: return DNSAnswer(outcome: .refused)
            default: return DNSAnswer(outcome: .broken("the server answered with response code \(responseCode)"))
            }
        } catch {
            return DNSAnswer(outcome: .broken(error.reason))
        }
    }

    /// c-ares has taken the message for the answer already; nothing is built on that alone.
    private func check(_ question: DNSQuestion) throws(DNSMessageError) {
        guard isResponse else { throw .noAnswer }
        if let asked = self.question, asked.name != question.name || asked.type != question.type.number {
            throw .otherQuestion
        }
        // Over UDP it would have been asked again by TCP.
        if responseCode == 0, isTruncated { throw .truncated }
    }

    private func content(for question: DNSQuestion) throws(DNSMessageError) -> DNSAnswer {
        let chain = question.type == .cname ? [question.name] : try aliases(from: question.name)
        let owner = chain.last ?? question.name
        let own = answers.filter { $0.owner == owner && $0.type == question.type.number }
        var records: [DNSRecord] = []
        for answer in own { records.append(try record(of: question.type, in: answer.data)) }
        guard !records.isEmpty else {
            guard answers.isEmpty || answers.contains(where: { chain.contains($0.owner) }) else { throw .otherOwner }
            // A server that had looked for the target would have said by an SOA that there is nothing.
            let isFollowed = chain.count == 1 || negativeTTL != nil
            return DNSAnswer(
                outcome: .noData, ttl: shortest(of: chain, and: negativeTTL), alias: isFollowed ? nil : owner)
        }
        if question.type == .mx { records = Self.byPreference(records) }
        return DNSAnswer(outcome: .records(records), ttl: shortest(of: chain.dropLast(), and: own.map(\.ttl).min()))
    }

    /// An answer holds no longer than the aliases on the way to it.
    private func shortest(of owners: some Sequence<String>, and ttl: Int?) -> Duration? {
        let owners = Set(owners)
        let aliases = answers.filter { $0.type == DNSRecordType.cname.number && owners.contains($0.owner) }
        return ttl.map { .seconds(min($0, aliases.map(\.ttl).min() ?? $0)) }
    }

    /// The name and the aliases that the answer itself brings, in whatever order they stand, up to the last.
    private func aliases(from name: String) throws(DNSMessageError) -> [String] {
        var aliases: [String: String] = [:]
        for answer in answers where answer.type == DNSRecordType.cname.number {
            var reader = DNSReader(octets, at: answer.data.lowerBound)
            let target = try reader.readName()
            if aliases[answer.owner] == nil { aliases[answer.owner] = target }
        }
        var chain = [name]
        for _ in 0...Self.maximumAliases {
            guard let last = chain.last, let target = aliases[last] else { return chain }
            chain.append(target)
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
