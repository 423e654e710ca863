import MailModel

@testable import MailNetwork

/// What comes from name servers and web servers. Only the readers are compiled here: they need no sockets.
enum FuzzedNetwork {
    /// An answer of a name server, read as one to each type of question.
    static func answer(_ octets: [UInt8]) {
        guard let message = try? DNSMessage(octets) else { return }
        let name = message.question?.name ?? message.answers.first?.owner ?? "example.com"
        for type in DNSRecordType.allCases {
            let answer = message.answer(to: DNSQuestion(name, type))
            if let ttl = answer.ttl, ttl < .zero || ttl > .seconds(0x7FFF_FFFF) { fatalError("a TTL of \(ttl)") }
            if answer.alias != nil, answer.outcome != .noData { fatalError("an alias beside an answer") }
        }
    }

    /// A response: header lines up to an empty one, then the body, in pieces.
    static func response(_ octets: [UInt8]) {
        let limit = Int(octets.first ?? 0) * 16
        var reader = HTTPResponseReader(maximumBodyLength: limit)
        var rest = octets.dropFirst()[...]
        while let end = rest.firstIndex(of: 0x0A) {
            let line = rest[...end]
            rest = rest[(end + 1)...]
            guard reader.take(headerLine: line) else { return }
            if line.count <= 2 { break }
        }
        while !rest.isEmpty {
            let piece = rest.prefix(1 + Int(rest[rest.startIndex]))
            rest = rest.dropFirst(piece.count)
            guard reader.take(body: piece) else { break }
        }
        if reader.body.count > limit { fatalError("more was kept than allowed") }
        if reader.headers.count > HTTPResponseReader.maximumHeaderCount { fatalError("too many fields") }
    }
}
