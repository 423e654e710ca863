import MailModel
import MailProtocol
import Testing

/// SPF records: examples in the manner of RFC 7208 (sections 3, 5, 6, 7 and appendix A), and broken ones.
struct SPFRecordTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let record: String
        var facts: [String] = []
        var cost = 0
        var testDescription: String { record }

        init(_ record: String, _ facts: [String] = [], cost: Int = 0) {
            self.record = record
            self.facts = facts
            self.cost = cost
        }
    }

    @Test(arguments: [
        Case("v=spf1"), Case("v=spf1 "), Case("V=SPF1   -ALL  ", ["- all"]),
        Case(
            "v=spf1 +mx a:colo.example.com/28 -all", ["+ mx - 32 128", "+ a colo.example.com 28 128", "- all"], cost: 2),
        Case("v=spf1 a -all", ["+ a - 32 128", "- all"], cost: 1),
        Case("v=spf1 mx:example.org mx//64 ?all", ["+ mx example.org 32 128", "+ mx - 32 64", "? all"], cost: 2),
        Case("v=spf1 a:example.com/24//64 a/0//0", ["+ a example.com 24 64", "+ a - 0 0"], cost: 2),
        Case("v=spf1 ip4:192.0.2.128/28 ip4:192.0.2.1 -all", ["+ ip4 192.0.2.128 28", "+ ip4 192.0.2.1 32", "- all"]),
        Case("v=spf1 ip6:2001:DB8::/32 ip6:::1 ~all", ["+ ip6 2001:db8:: 32", "+ ip6 ::1 128", "~ all"]),
        Case("v=spf1 ip6:::ffff:192.0.2.1/128", ["+ ip6 ::ffff:192.0.2.1 128"]),
        Case(
            "v=spf1 include:_spf.Example.net -include:b.example.",
            ["+ include _spf.example.net", "- include b.example"], cost: 2),
        Case("v=spf1 ptr ptr:example.com", ["+ ptr -", "+ ptr example.com"], cost: 2),
        Case("v=spf1 redirect=_spf.example.com", ["redirect _spf.example.com"], cost: 1),
        Case(
            "v=spf1 a REDIRECT=b.example -all mx", ["+ a - 32 128", "- all", "+ mx - 32 128", "redirect b.example"],
            cost: 1),
        Case("v=spf1 exp=explain.%{d}.example -all", ["- all", "exp %example"]),
        Case(
            "v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all", ["+ exists %", "- all"], cost: 1),
        Case("v=spf1 include:%{ir}.%{v}.%{d}.spf.Gate.Example", ["+ include %spf.gate.example"], cost: 1),
        Case("v=spf1 include:%{d1/}abc.example.com/", ["! bad_domain include:%{d1/}abc.example.com/"]),
        Case("v=spf1 a:%{d1/}.example.com/24", ["+ a %example.com 24 128"], cost: 1),
        Case("v=spf1 exists:%{i}abc.example.com", ["+ exists %example.com"], cost: 1),
        Case("v=spf1 exists:a%%b%_c%-d.example.com", ["+ exists %example.com"], cost: 1),
        Case("v=spf1 exists:%{S}.example exists:%{D2R}", ["+ exists %example", "+ exists %"], cost: 2),
        Case("v=spf1 mx moo=cow%{d} foo.b-a_r= all", ["+ mx - 32 128", "+ all", "? moo foo.b-a_r"], cost: 1),
        Case("v=spf1 all a mx include:a.example", ["+ all", "+ a - 32 128", "+ mx - 32 128", "+ include a.example"]),
    ])
    func good(_ test: Case) throws {
        let record = try #require(SPFRecord(record: test.record))
        #expect(Self.facts(record) == test.facts)
        #expect(record.lookupCost == test.cost)
    }

    @Test(arguments: [
        ("all:example.com", "unexpected_argument"), ("all/8", "unexpected_argument"), ("include", "missing_domain"),
        ("include:", "missing_domain"), ("include/24", "unexpected_argument"), ("exists", "missing_domain"),
        ("redirect=", "missing_domain"), ("exp=", "missing_domain"), ("a:", "missing_domain"),
        ("a:/24", "missing_domain"),
        ("include:localhost", "bad_domain"), ("include:192.0.2.1", "bad_domain"), ("include:a..example", "bad_domain"),
        ("include:.example", "bad_domain"), ("include:a.example..", "bad_domain"), ("include:a.ex_ample", "bad_domain"),
        ("include:a.-example", "bad_domain"), ("include:bücher.example", "bad_domain"),
        ("include:%{d}com", "bad_domain"),
        ("include:%{d}.", "bad_domain"), ("include:a.example/24", "bad_domain"), ("a:a.example\t", "bad_domain"),
        ("exists:%", "bad_macro"), ("exists:%a.example", "bad_macro"), ("exists:%{", "bad_macro"),
        ("exists:%{}", "bad_macro"),
        ("exists:%{x}.example", "bad_macro"), ("exists:%{d0}.example", "bad_macro"),
        ("exists:%{dr2}.example", "bad_macro"),
        ("exists:%{d}%{.example", "bad_macro"), ("exists:%(d).example", "bad_macro"), ("x=%", "bad_macro"),
        ("ip4", "bad_address"), ("ip4:", "bad_address"), ("ip4:192.0.2", "bad_address"),
        ("ip4:192.0.2.256", "bad_address"),
        ("ip4:192.0.2.01", "bad_address"), ("ip4:2001:db8::", "bad_address"), ("ip4/24", "bad_address"),
        ("ip6:192.0.2.1", "bad_address"), ("ip6:2001:db8", "bad_address"), ("ip6:[::1]", "bad_address"),
        ("ip6:fe80::1%eth0", "bad_address"),
        ("ip4:192.0.2.0/33", "bad_prefix_length"), ("ip4:192.0.2.0/", "bad_prefix_length"),
        ("ip4:192.0.2.0/08", "bad_prefix_length"),
        ("ip4:192.0.2.0/8/8", "bad_prefix_length"), ("ip6:::/129", "bad_prefix_length"),
        ("ip6:::/-1", "bad_prefix_length"),
        ("a/33", "bad_prefix_length"), ("a//129", "bad_prefix_length"), ("a/", "bad_prefix_length"),
        ("a//", "bad_prefix_length"),
        ("a/24/64", "bad_prefix_length"), ("a/24//64/", "bad_prefix_length"), ("mx/a", "bad_prefix_length"),
        ("mx/99999999999999999999", "bad_prefix_length"),
        ("-", "unknown_mechanism"), ("--all", "unknown_mechanism"), ("a.example", "unknown_mechanism"),
        ("~", "unknown_mechanism"),
        ("ipv4:192.0.2.1", "unknown_mechanism"), ("-redirect=a.example", "unknown_mechanism"),
        ("1a=b", "unknown_mechanism"),
        ("=b", "unknown_mechanism"), ("v=spf1\u{301}", "bad_domain"), ("\u{1B}[31m", "unknown_mechanism"),
    ])
    func broken(term: String, fault: String) throws {
        let record = try #require(SPFRecord(record: "v=spf1 include:a.example \(term) -all"))
        #expect(record.problems.map(\.fault.rawValue) == [fault])
        #expect(record.problems.map(\.term) == [ServerText(term)])
        #expect(record.mechanisms.count == 2)
        #expect(record.includes.map(\.description) == ["a.example"])
    }

    @Test(arguments: [
        "", "v=spf", "v=spf10 -all", "v=spf2.0/pra -all", "v=spf1-all", "v=spf1\t-all", " v=spf1 -all", "spf1 -all",
    ])
    func otherRecords(_ text: String) { #expect(SPFRecord(record: text) == nil) }

    @Test func twoOfAModifier() throws {
        let record = try #require(
            SPFRecord(record: "v=spf1 redirect=a.example redirect=b.example exp=c.example exp=d.example"))
        #expect(record.problems.map(\.fault) == [.duplicateModifier, .duplicateModifier])
        #expect(record.redirect?.description == "a.example")
    }

    @Test func tooLong() throws {
        let record = try #require(SPFRecord(record: "v=spf1 " + String(repeating: "a ", count: 4096)))
        #expect(record.problems.map(\.fault) == [.tooLong])
        #expect(record.mechanisms.isEmpty)
    }

    @Test func severalAreAnError() {
        let record = "v=spf1 -all"
        #expect(SPFRecord.sole(in: []) == .none)
        #expect(SPFRecord.sole(in: ["google-site-verification=x", record]).record?.mechanisms.count == 1)
        #expect(SPFRecord.sole(in: [record, "v=spf1"]) == .several(2))
    }

    /// Any octets at all: nothing traps, and what is not understood is told.
    @Test func noise() {
        let pieces = [
            "%", "{", "}", ":", "/", "=", "a", "ip4", "ip6", "include", "redirect", ".", "-", "é", "\0", "9", "%{d}",
        ]
        var state: UInt64 = 1
        for _ in 0..<3000 {
            var term = ""
            for _ in 0..<6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                term += pieces[Int(state >> 33) % pieces.count]
            }
            guard let record = SPFRecord(record: "v=spf1 \(term)") else {
                Issue.record("no record for \(term.debugDescription)")
                continue
            }
            let modifiers = (record.redirect == nil ? 0 : 1) + record.unknownModifiers.count
            #expect(record.mechanisms.count + modifiers + record.problems.count == 1, "\(term.debugDescription)")
        }
    }

    private static func facts(_ record: SPFRecord) -> [String] {
        var lines = record.mechanisms.map { "\($0.qualifier.rawValue) \(facts($0.kind))" }
        if let redirect = record.redirect { lines.append("redirect \(facts(redirect))") }
        if let explanation = record.explanation { lines.append("exp \(facts(explanation))") }
        if !record.unknownModifiers.isEmpty { lines.append("? " + record.unknownModifiers.joined(separator: " ")) }
        return lines + record.problems.map { "! \($0.fault.rawValue) \($0.term.escaped)" }
    }

    private static func facts(_ kind: SPFMechanism.Kind) -> String {
        switch kind {
        case .all: "all"
        case .include(let domain): "include \(facts(domain))"
        case .a(let domain, let ip4, let ip6): "a \(facts(domain)) \(ip4) \(ip6)"
        case .mx(let domain, let ip4, let ip6): "mx \(facts(domain)) \(ip4) \(ip6)"
        case .ptr(let domain): "ptr \(facts(domain))"
        case .ip4(let address, let prefix): "ip4 \(address) \(prefix)"
        case .ip6(let address, let prefix): "ip6 \(address) \(prefix)"
        case .exists(let domain): "exists \(facts(domain))"
        }
    }

    private static func facts(_ domain: SPFDomain?) -> String {
        domain.map { ($0.hasMacros ? "%" : "") + ($0.macroSuffix ?? "") } ?? "-"
    }
}
