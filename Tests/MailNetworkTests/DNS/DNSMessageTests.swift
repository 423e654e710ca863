import MailModel
import Testing

@testable import MailNetwork

/// The reader of answers, fed with octets.
@Suite struct DNSMessageTests {
    private typealias Wire = DNSWire

    private struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var type: DNSRecordType
        var answers: [[UInt8]]
        var outcome: DNSOutcome
    }

    private static let name = "x.test"

    private static let cases = [
        Case(
            testDescription: "MX by preference, equals in the server's order", type: .mx,
            answers: [
                Wire.record(name, 15, Wire.number(20) + Wire.name("C.test")),
                Wire.record(name, 15, Wire.number(10) + Wire.name("b.test")),
                Wire.record(name, 15, Wire.number(10) + Wire.name("a.test")),
            ],
            outcome: .records([
                .mx(preference: 10, exchange: "b.test"), .mx(preference: 10, exchange: "a.test"),
                .mx(preference: 20, exchange: "c.test"),
            ])),
        Case(
            testDescription: "null MX (RFC 7505)", type: .mx, answers: [Wire.record(name, 15, [0, 0, 0])],
            outcome: .records([.mx(preference: 0, exchange: "")])),
        Case(
            testDescription: "SRV that offers nothing (RFC 2782)", type: .srv,
            answers: [Wire.record(name, 33, [0, 0, 0, 0, 0, 0, 0])],
            outcome: .records([.srv(priority: 0, weight: 0, port: 0, target: "")])),
        Case(
            testDescription: "SRV", type: .srv,
            answers: [Wire.record(name, 33, [0, 1, 0, 2, 3, 0xE1] + Wire.name("imap.test"))],
            outcome: .records([.srv(priority: 1, weight: 2, port: 993, target: "imap.test")])),
        Case(
            testDescription: "TXT strings joined, quotes and all", type: .txt,
            answers: [Wire.record(name, 16, [3] + Array("v=s".utf8) + [0, 4] + Array("pf1\"".utf8))],
            outcome: .records([.txt("v=spf1\"")])),
        Case(
            testDescription: "aliases in any order", type: .a,
            answers: [
                Wire.record("c.test", 1, [192, 0, 2, 2]), Wire.record("b.test", 5, Wire.name("c.test")),
                Wire.record("X.TEST", 5, Wire.name("b.test")), Wire.record("c.test", 1, [192, 0, 2, 1]),
                Wire.record("stranger.test", 1, [192, 0, 2, 66]),
            ], outcome: .records([.address("192.0.2.2"), .address("192.0.2.1")])),
        Case(
            testDescription: "an alias that leads to nothing", type: .aaaa,
            answers: [Wire.record(name, 5, Wire.name("b.test"))], outcome: .noData),
        Case(
            testDescription: "the alias itself", type: .cname, answers: [Wire.record(name, 5, Wire.name("B.test"))],
            outcome: .records([.cname("b.test")])),
        Case(
            testDescription: "IPv6", type: .aaaa,
            answers: [Wire.record(name, 28, [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])],
            outcome: .records([.address("2001:db8::1")])),
        Case(
            testDescription: "a circle of aliases", type: .a,
            answers: [Wire.record(name, 5, Wire.name("b.test")), Wire.record("b.test", 5, Wire.name(name))],
            outcome: .broken(DNSMessageError.aliasLoop.reason)),
        Case(
            testDescription: "a compressed exchange", type: .mx, answers: [Wire.record(name, 15, [0, 5, 0xC0, 12])],
            outcome: .records([.mx(preference: 5, exchange: name)])),
        Case(
            testDescription: "a pointer to itself", type: .mx, answers: [Wire.record(name, 15, [0, 5, 0xC0, 32])],
            outcome: .broken(DNSMessageError.badName.reason)),
        Case(
            testDescription: "a pointer forwards", type: .mx,
            answers: [Wire.record(name, 15, [0, 5, 0xC0, 34, 1, 0x61, 0])],
            outcome: .broken(DNSMessageError.badName.reason)),
        Case(
            testDescription: "data after the name", type: .mx, answers: [Wire.record(name, 15, [0, 5, 0, 0])],
            outcome: .broken(DNSMessageError.badRecord.reason)),
        Case(
            testDescription: "a string longer than its record", type: .txt,
            answers: [Wire.record(name, 16, [9, 0x61])],
            outcome: .broken(DNSMessageError.cutShort.reason)),
        Case(
            testDescription: "a string that reaches into the next record", type: .txt,
            answers: [Wire.record(name, 16, [9, 0x61]), Wire.record(name, 16, [1, 0x61])],
            outcome: .broken(DNSMessageError.badRecord.reason)),
        Case(
            testDescription: "a text beyond the limit", type: .txt,
            answers: [Wire.record(name, 16, [UInt8](repeating: 0, count: DNSMessage.maximumTextLength + 1))],
            outcome: .broken(DNSMessageError.textTooLong.reason)),
        Case(
            testDescription: "odd octets in a name", type: .cname,
            answers: [Wire.record(name, 5, [4, 0x2E, 0x5C, 0x07, 0x41, 0])],
            outcome: .records([.cname("\\.\\\\\\007a")])),
        Case(
            testDescription: "another class is no answer", type: .a,
            answers: [[1, 0x78, 4, 0x74, 0x65, 0x73, 0x74, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 4, 192, 0, 2, 1]],
            outcome: .noData),
    ]

    @Test("Answers", arguments: cases)
    private func answers(_ item: Case) throws {
        let outcome = try DNSMessage(DNSWire.message(item.answers)).answer(to: DNSQuestion(Self.name, item.type))
            .outcome
        #expect(outcome == item.outcome)
    }

    @Test("Cut off anywhere, a message is an error or has less to say, and nothing traps") func cut() throws {
        let whole = DNSWire.message(Self.cases.flatMap(\.answers).filter { $0.count < 1_000 })
        for length in 0..<whole.count {
            #expect(throws: DNSMessageError.self) { try DNSMessage(Array(whole.prefix(length))) }
        }
        #expect(try DNSMessage(whole).answers.count > 20)
    }

    @Test("Every octet changed to every of some values: an outcome, never a trap") func changed() {
        let whole = DNSWire.message(Self.cases.flatMap(\.answers).filter { $0.count < 1_000 })
        for index in whole.indices {
            for value in [0, 1, 0x3F, 0x40, 0xC0, 0xFF] as [UInt8] {
                var octets = whole
                octets[index] = value
                guard let message = try? DNSMessage(octets) else { continue }
                for type in DNSRecordType.allCases { _ = message.answer(to: DNSQuestion(Self.name, type)) }
            }
        }
    }

    struct Oddity: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var flags = 0x8180
        var question = DNSWire.name("x.test") + [0, 1, 0, 1]
        var answers = [DNSWire.record("x.test", 1, [192, 0, 2, 1])]
        var error: DNSMessageError
    }

    static let oddities = [
        Oddity(testDescription: "a question, not an answer", flags: 0x0100, error: .noAnswer),
        Oddity(testDescription: "truncated", flags: 0x8380, error: .truncated),
        Oddity(testDescription: "truncated and empty", flags: 0x8380, answers: [], error: .truncated),
        Oddity(
            testDescription: "the answer to another name", question: DNSWire.name("y.test") + [0, 1, 0, 1],
            error: .otherQuestion),
        Oddity(
            testDescription: "the answer to another type", question: DNSWire.name("x.test") + [0, 16, 0, 1],
            error: .otherQuestion),
        Oddity(
            testDescription: "records of another owner", answers: [DNSWire.record("y.test", 1, [192, 0, 2, 1])],
            error: .otherOwner),
        Oddity(
            testDescription: "an alias of another owner",
            answers: [DNSWire.record("y.test", 5, DNSWire.name("z.test"))],
            error: .otherOwner),
    ]

    @Test("What is no answer to the question is broken, never a no", arguments: oddities)
    func strange(_ item: Oddity) throws {
        let head = DNSWire.number(7) + DNSWire.number(item.flags) + [0, 1] + DNSWire.number(item.answers.count)
        let message = try DNSMessage(head + [0, 0, 0, 0] + item.question + item.answers.joined())
        #expect(message.answer(to: DNSQuestion("x.test", .a)).outcome == .broken(item.error.reason))
    }

    @Test("The TTL is the shortest on the way; a no has that of its SOA") func ttl() throws {
        func record(_ owner: String, _ type: Int, ttl: [UInt8], _ data: [UInt8]) -> [UInt8] {
            DNSWire.name(owner) + DNSWire.number(type) + [0, 1] + ttl + DNSWire.number(data.count) + data
        }
        let question = DNSQuestion("x.test", .a)
        let records = [
            record("x.test", 5, ttl: [0, 0, 0, 30], DNSWire.name("y.test")),
            record("y.test", 1, ttl: [0, 0, 1, 0], [192, 0, 2, 1]),
            record("z.test", 1, ttl: [0, 0, 0, 1], [1, 1, 1, 1]),
        ]
        #expect(try DNSMessage(DNSWire.message(records)).answer(to: question).ttl == .seconds(30))
        let negative = record("x.test", 1, ttl: [0x80, 0, 0, 1], [192, 0, 2, 1])
        #expect(try DNSMessage(DNSWire.message([negative])).answer(to: question).ttl == .zero)
        let numbers: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 50]
        for (ttl, expected) in [(90, 50), (20, 20)] as [(UInt8, Int)] {
            let soa = record("test", 6, ttl: [0, 0, 0, ttl], DNSWire.name("a.test") + DNSWire.name("b.test") + numbers)
            for code in [0, 3] {
                let head = DNSWire.number(1) + DNSWire.number(0x8180 | code) + [0, 0, 0, 0, 0, 1, 0, 0]
                #expect(try DNSMessage(head + soa).answer(to: question).ttl == .seconds(expected))
            }
            let broken = DNSWire.number(1) + DNSWire.number(0x8180) + [0, 0, 0, 0, 0, 1, 0, 0] + soa.dropLast()
            #expect(try DNSMessage(broken).answer(to: question).ttl == nil)
        }
        let alias = [record("x.test", 5, ttl: [0, 0, 0, 30], DNSWire.name("y.test"))]
        #expect(try DNSMessage(DNSWire.message(alias)).answer(to: question).alias == "y.test")
    }

    @Test("A name of more than 255 octets is refused") func longName() {
        let label = [63] + [UInt8](repeating: 0x61, count: 63)
        var reader = DNSReader(label + label + label + label + [0])
        #expect(throws: DNSMessageError.badName) { try reader.readName() }
    }
}
