import Foundation
import MailConnect
import MailLoopback
import MailModel
import Testing

/// Detection from the DNS alone, over record sets as real domains have them.
@Suite("Who hosts the mail of many domains")
struct DetectionCorpusTests {
    /// Detections that run at one time.
    private static let width = 8

    @Test func everyRowCanBeRead() throws {
        let rows = try CorpusRow.all()
        #expect(rows.count >= 250)
        #expect(Set(rows.map(\.domain)).count == rows.count)
        let counts = Dictionary(grouping: rows, by: \.group).mapValues(\.count)
        #expect(counts["gateway"] == 89)
        #expect(counts["misleading"] == 70)
        for line in rows.flatMap(\.zone) { #expect(DNSZoneRecord(line: line) != nil, "\(line)") }
    }

    /// What must hold; every row was right when this was written.
    private static let least = (inboxType: 0.98, provider: 0.98, gateway: 0.98)

    @Test func theRatesHold() async throws {
        let answers = try await Self.answers()
        let misses = answers.filter { !$0.hasInboxType || !$0.hasProvider || !$0.hasGateway }
        let report = Comment(rawValue: misses.map(\.description).joined(separator: "\n"))
        #expect(Self.rate(answers, \.hasInboxType) >= Self.least.inboxType, report)
        #expect(Self.rate(answers, \.hasProvider) >= Self.least.provider, report)
        #expect(Self.rate(answers.filter { $0.row.gateway != nil }, \.hasGateway) >= Self.least.gateway, report)
        #expect(answers.filter(\.isConfidentlyWrong).map(\.description) == [])
    }

    private static func rate(_ answers: [CorpusAnswer], _ isRight: (CorpusAnswer) -> Bool) -> Double {
        Double(answers.count(where: isRight)) / Double(max(answers.count, 1))
    }

    /// Asks one doctor about every domain, against one DNS server that knows them all.
    private static func answers() async throws -> [CorpusAnswer] {
        let rows = try CorpusRow.all()
        let internet = try await SmallInternet(sites: { _ in [] }, zone: rows.flatMap(\.zone))
        let doctor = internet.engine
        let answers = try await withThrowingTaskGroup(of: CorpusAnswer.self) { group in
            var waiting = rows[...]
            for row in waiting.prefix(width) { group.addTask { try await answer(row, doctor) } }
            waiting = waiting.dropFirst(width)
            var answers: [CorpusAnswer] = []
            while let answer = try await group.next() {
                answers.append(answer)
                if let row = waiting.popFirst() { group.addTask { try await Self.answer(row, doctor) } }
            }
            return answers
        }
        await internet.stop()
        return answers.sorted { $0.row.domain < $1.row.domain }
    }

    private static func answer(_ row: CorpusRow, _ engine: Engine) async throws -> CorpusAnswer {
        var request = Account(domain: try DomainName(row.domain))
        request.reach = .dnsOnly
        let diagnosis = try await engine.report(on: request)
        return CorpusAnswer(row: row, inboxType: diagnosis.inboxType, identification: diagnosis.provider)
    }
}
