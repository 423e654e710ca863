import MailModel
import MailProtocol
import Testing

/// What a record comes to without a message, held against RFC 7208 and zones written by hand.
@Suite struct SPFEvaluatorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `NAME TXT text`, `NAME A`, `NAME MX count`; a name that is not there does not exist.
        let zone: [String]
        var lookups = 0
        var void = 0
        var error: SPFPermanentError?
        var includes: [String] = []
        var unreadable: [String] = []
        var withMacros: [String] = []

        init(
            _ name: String, _ zone: [String], lookups: Int = 0, void: Int = 0,
            _ error: SPFPermanentError.Kind? = nil, at place: String = "d.test", includes: [String] = [],
            unreadable: [String] = [], withMacros: [String] = []
        ) {
            testDescription = name
            self.zone = zone
            (self.lookups, self.void) = (lookups, void)
            self.error = error.map { SPFPermanentError($0, at: place) }
            (self.includes, self.unreadable, self.withMacros) = (includes, unreadable, withMacros)
        }
    }

    static let cases = [
        Case("no record", ["d.test TXT hello"]),
        Case("no name", []),
        Case("nothing to ask", ["d.test TXT v=spf1 ip4:192.0.2.1 -all"]),
        Case(
            "two records", ["d.test TXT v=spf1 -all", "d.test TXT v=spf1 mx -all"], .severalRecords),
        Case("an address and exchangers", ["d.test TXT v=spf1 a mx -all", "d.test A", "d.test MX 1"], lookups: 2),
        Case(
            "an include is followed",
            ["d.test TXT v=spf1 include:a.test -all", "a.test TXT v=spf1 a -all", "a.test A"],
            lookups: 2, includes: ["a.test"]),
        Case(
            "a name met twice counts again",
            [
                "d.test TXT v=spf1 include:a.test include:b.test -all", "a.test TXT v=spf1 include:c.test -all",
                "b.test TXT v=spf1 include:c.test -all", "c.test TXT v=spf1 a:x.test a:y.test -all", "x.test A",
                "y.test A",
            ], lookups: 8, includes: ["a.test", "b.test", "c.test", "c.test"]),
        Case(
            "a name met twice makes too many",
            [
                "d.test TXT v=spf1 include:a.test include:b.test -all", "a.test TXT v=spf1 include:c.test -all",
                "b.test TXT v=spf1 include:c.test -all", "c.test TXT v=spf1 a a:x.test a:y.test a:z.test -all",
                "c.test A", "x.test A", "y.test A", "z.test A",
            ], lookups: 12, .tooManyLookups, at: "c.test", includes: ["a.test", "b.test", "c.test", "c.test"]),
        Case(
            "a record that includes itself", ["d.test TXT v=spf1 include:d.test -all"], lookups: 1, .loop,
            includes: ["d.test"]),
        Case(
            "two that include each other",
            ["d.test TXT v=spf1 include:a.test -all", "a.test TXT v=spf1 redirect=d.test"], lookups: 2, .loop,
            includes: ["a.test", "d.test"]),
        Case(
            "an include without a record", ["d.test TXT v=spf1 include:a.test -all", "a.test TXT hello"], lookups: 1,
            .noRecord, at: "a.test", includes: ["a.test"], unreadable: ["a.test"]),
        Case(
            "a redirect to nothing", ["d.test TXT v=spf1 redirect=a.test"], lookups: 1, void: 1, .noRecord,
            at: "a.test", includes: ["a.test"], unreadable: ["a.test"]),
        Case(
            "a redirect beside all is ignored", ["d.test TXT v=spf1 redirect=a.test -all"]),
        Case("what stands after all is ignored", ["d.test TXT v=spf1 -all include:a.test mx a:b.test"]),
        Case(
            "an include with two records",
            ["d.test TXT v=spf1 include:a.test -all", "a.test TXT v=spf1 -all", "a.test TXT v=spf1 ~all"], lookups: 1,
            .severalRecords, at: "a.test", includes: ["a.test"], unreadable: ["a.test"]),
        Case("a mistake in the record", ["d.test TXT v=spf1 ipv4:192.0.2.1 -all"], .syntax),
        Case(
            "a mistake in an included record",
            ["d.test TXT v=spf1 include:a.test -all", "a.test TXT v=spf1 ip4:x -all"],
            lookups: 1, .syntax, at: "a.test", includes: ["a.test"]),
        Case("a mistake after all is one too", ["d.test TXT v=spf1 -all include:"], .syntax),
        Case(
            "two names that are not there", ["d.test TXT v=spf1 a:x.test exists:y.test -all"], lookups: 2, void: 2),
        Case(
            "three names that are not there", ["d.test TXT v=spf1 a:x.test mx:y.test exists:z.test -all"],
            lookups: 3, void: 3, .tooManyVoidLookups, at: "z.test"),
        Case(
            "a name that is not there, three times", ["d.test TXT v=spf1 a:x.test a:x.test a:x.test -all"],
            lookups: 3, void: 3, .tooManyVoidLookups, at: "x.test"),
        Case("an IPv6 address is an address", ["d.test TXT v=spf1 a:x.test -all", "x.test AAAA"], lookups: 1),
        Case("ten exchangers", ["d.test TXT v=spf1 mx -all", "d.test MX 10"], lookups: 1),
        Case("eleven exchangers", ["d.test TXT v=spf1 mx -all", "d.test MX 11"], lookups: 1, .tooManyExchangers),
        Case(
            "names with macros are counted and not asked",
            ["d.test TXT v=spf1 exists:%{ir}.x.test include:%{d}.y.test redirect=%{d2}.z.test"], lookups: 3,
            withMacros: ["%{ir}.x.test", "%{d}.y.test", "%{d2}.z.test"]),
        Case("ptr is counted and not asked", ["d.test TXT v=spf1 ptr -all"], lookups: 1),
        Case(
            "eleven includes are not followed",
            ["d.test TXT v=spf1 \((0..<11).map { "include:n\($0).test" }.joined(separator: " ")) -all"], lookups: 11,
            .tooManyLookups),
        Case(
            "a chain of ten",
            (0..<10).map { "\($0 == 0 ? "d" : "n\($0)").test TXT v=spf1 include:n\($0 + 1).test -all" }
                + ["n10.test TXT v=spf1 -all"], lookups: 10, includes: (1...10).map { "n\($0).test" }),
        Case(
            "a chain of eleven",
            (0..<11).map { "\($0 == 0 ? "d" : "n\($0)").test TXT v=spf1 include:n\($0 + 1).test -all" },
            lookups: 11, .tooManyLookups, at: "n10.test", includes: (1...10).map { "n\($0).test" }),
    ]

    @Test(arguments: cases) func comesTo(_ test: Case) {
        var evaluator = SPFEvaluator("d.test", asksForAddresses: true)
        let asked = Self.play(&evaluator, Zone(test.zone))
        let found = evaluator.evaluation
        #expect(found.lookupCount == test.lookups)
        #expect(found.voidLookupCount == test.void)
        #expect(found.permanentError == test.error)
        #expect(found.includes == test.includes)
        #expect(found.unreadable == test.unreadable)
        #expect(found.withMacros == test.withMacros)
        #expect(Set(asked).count == asked.count, "no question twice")
        #expect(!asked.contains { $0.name.contains("%") })
    }

    /// Answers come in any order, and what is found does not depend on it.
    @Test(arguments: cases) func isTheSameInAnyOrder(_ test: Case) {
        var forwards = SPFEvaluator("d.test", asksForAddresses: true)
        var backwards = forwards
        Self.play(&forwards, Zone(test.zone))
        Self.play(&backwards, Zone(test.zone)) { $0.reversed() }
        #expect(forwards.evaluation == backwards.evaluation)
    }

    @Test func silenceIsNoAnswer() {
        var evaluator = SPFEvaluator("d.test", asksForAddresses: true)
        Self.play(&evaluator, Zone(["d.test TXT v=spf1 include:silent.test a:silent.test -all"]))
        #expect(evaluator.evaluation.permanentError == nil)
        #expect(evaluator.evaluation.voidLookupCount == 0)
        #expect(evaluator.evaluation.unreadable == ["silent.test"])
    }

    @Test func onlyWhatMayBeFollowedIs() {
        let zone = Zone([
            "d.test TXT v=spf1 include:known.test include:own.test a:x.test -all", "own.test TXT v=spf1 mx:y.test -all",
        ])
        var evaluator = SPFEvaluator("d.test") { $0 != "known.test" }
        let asked = Self.play(&evaluator, zone)
        #expect(asked.map(\.name) == ["d.test", "own.test"])
        #expect(evaluator.evaluation.found.map(\.lookup.name) == ["d.test", "own.test"])
        #expect(evaluator.evaluation.lookupCount == 4)
        #expect(evaluator.evaluation.permanentError == nil)
    }

    @Test func whatIsLeftOutIsSaid() {
        let many = (0..<11).map { "include:n\($0).test" }
        var evaluator = SPFEvaluator("d.test") { $0 != "n3.test" }
        Self.play(&evaluator, Zone(["d.test TXT v=spf1 \(many.joined(separator: " ")) -all"]))
        #expect(evaluator.evaluation.leftOut.count == 10)
    }

    @Test func strangersAnswersAreIgnored() {
        var evaluator = SPFEvaluator("d.test")
        let before = evaluator.evaluation
        evaluator.take(Zone(["x.test TXT v=spf1 -all"]).answer(DNSQuestion("x.test", .txt)))
        #expect(evaluator.evaluation == before)
        #expect(evaluator.questions == [DNSQuestion("d.test", .txt)])
    }

    @Test func theFactsOfACheck() throws {
        var evaluator = SPFEvaluator("d.test")
        #expect(evaluator.evaluation.facts == nil)
        Self.play(&evaluator, Zone(["d.test TXT v=spf1 ip4:x ?all"]))
        let facts = try #require(evaluator.evaluation.facts)
        #expect(facts.recordCount == 1)
        #expect(facts.problems == ["d.test: bad_address at \"ip4:x\""])
        #expect(facts.allQualifier == "?")
        #expect(facts.permanentError == SPFPermanentError(.syntax, at: "d.test"))
    }

    /// Asks until there is nothing left to ask; the questions in order.
    @discardableResult
    private static func play(
        _ evaluator: inout SPFEvaluator, _ zone: Zone, order: ([DNSQuestion]) -> [DNSQuestion] = { $0 }
    ) -> [DNSQuestion] {
        var asked: [DNSQuestion] = []
        while !evaluator.questions.isEmpty, asked.count < 200 {
            let level = order(evaluator.questions)
            asked += level
            for question in level { evaluator.take(zone.answer(question)) }
        }
        return asked
    }
}

/// A zone of one-line records; `silent.test` never answers.
struct Zone: Sendable {
    private var records: [DNSQuestion: [DNSRecord]] = [:]

    init(_ lines: [String]) {
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            let rest = parts.count > 2 ? parts[2] : ""
            switch parts[1] {
            case "TXT": records[DNSQuestion(parts[0], .txt), default: []].append(.txt(rest))
            case "A": records[DNSQuestion(parts[0], .a)] = [.address("192.0.2.1")]
            case "AAAA": records[DNSQuestion(parts[0], .aaaa)] = [.address("2001:db8::1")]
            default:
                records[DNSQuestion(parts[0], .mx)] = (0..<(Int(rest) ?? 0)).map {
                    .mx(preference: $0, exchange: "m\($0).test")
                }
            }
        }
    }

    func answer(_ question: DNSQuestion) -> DNSResponse {
        let outcome: DNSOutcome =
            if question.name.hasSuffix("silent.test") {
                .timedOut
            } else if let found = records[question] {
                .records(found)
            } else {
                records.keys.contains { $0.name == question.name } ? .noData : .nameNotFound
            }
        return DNSResponse(name: question.name, type: question.type, outcome: outcome, duration: .zero)
    }
}
