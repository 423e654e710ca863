/// Writes answers to questions (RFC 1035, section 4.1).
struct DNSAnswer {
    /// How many octets a message over TCP can have.
    private static let maximumLength = 65_535

    let question: DNSQuestion

    /// What a zone says, or what a fault makes of it; nil for no answer at all.
    func message(from zone: DNSZone, fault: DNSFault?, isStream: Bool) -> [UInt8]? {
        switch fault {
        case .silent: nil
        case .nameNotFound: header(code: 3)
        case .serverFailure: header(code: 2)
        case .refused: header(code: 5)
        case .garbage: DNSRecordCode.words([Int(question.id)]) + Array("no DNS message".utf8)
        case .alwaysTruncated: header(code: 0, isTruncated: true)
        case .otherOwner:
            header(code: 0, count: 1) + DNSRecordCode.name("other.invalid") + DNSRecordCode.words([1, 1, 0, 60, 4])
                + [192, 0, 2, 1]
        case .truncated where !isStream: header(code: 0, isTruncated: true)
        case .truncated, nil: answer(from: zone, limit: isStream ? Self.maximumLength : question.maximumAnswer)
        }
    }

    private func answer(from zone: DNSZone, limit: Int) -> [UInt8] {
        guard zone.has(question.name) else { return header(code: 3) }
        let records = zone.answers(question.name, type: question.type)
        var body: [UInt8] = []
        for record in records {
            // A pointer to the question saves its name (section 4.1.4); others are written out.
            body += record.owner == question.name ? [0xC0, 0x0C] : DNSRecordCode.name(record.owner)
            body += DNSRecordCode.words([Int(record.code.type), 1])
            body += DNSRecordCode.words([Int(record.timeToLive >> 16), Int(record.timeToLive & 0xFFFF)])
            body += DNSRecordCode.words([record.code.data.count]) + record.code.data
        }
        let head = header(code: 0, count: records.count)
        return head.count + body.count <= limit ? head + body : header(code: 0, isTruncated: true)
    }

    private func header(code: UInt8, count: Int = 0, isTruncated: Bool = false) -> [UInt8] {
        // QR and AA, then TC and RD; RA, then the code.
        let flags = 0x84 | (isTruncated ? 0x02 : 0) | (question.wantsRecursion ? 0x01 : 0)
        return DNSRecordCode.words([Int(question.id)]) + [UInt8(flags), 0x80 | code]
            + DNSRecordCode.words([1, count, 0, 0]) + question.section
    }
}
