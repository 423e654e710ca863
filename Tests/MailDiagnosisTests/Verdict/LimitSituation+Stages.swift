import MailDiagnosis
import MailModel

/// Which stage, and where in its band.
extension LimitSituation {
    static let stages: [LimitSituation] = [
        .init(
            name: "nothing known", number: 20, band: 20...30, told: .unknown,
            because: ["nothing_known", "band", "ramp"]),
        .init(
            name: "said to be new", stage: .new, number: 20, band: 20...30, told: .new,
            because: ["stage_stated", "ramp"]),
        .init(
            name: "said to be warming", stage: .warming, number: 50, band: 50...80, told: .warming,
            because: ["stage_stated", "warmed_or_warming", "practice"]),
        .init(
            name: "said to be established", stage: .established, number: 80, band: 80...100, told: .established,
            because: ["stage_stated", "practice"]),
        .init(name: "0 days", age: 0, number: 20, band: 20...30, told: .new, because: ["age_stated", "not_well_aged"]),
        .init(name: "14 days", age: 14, number: 20, band: 20...30, told: .new, because: ["not_well_aged"]),
        .init(name: "15 days", age: 15, number: 23, band: 20...30, told: .new, because: ["well_aged"]),
        .init(name: "30 days", age: 30, number: 23, band: 20...30, told: .new),
        .init(name: "31 days", age: 31, number: 50, band: 50...80, told: .warming, because: ["warmed_or_warming"]),
        .init(name: "46 days", age: 46, number: 60, band: 50...80, told: .warming, because: ["well_aged"]),
        .init(name: "60 days", age: 60, number: 60, band: 50...80, told: .warming),
        .init(name: "61 days", age: 61, number: 80, band: 80...100, told: .established),
        .init(name: "122 days", age: 122, number: 86, band: 80...100, told: .established, because: ["well_aged"]),
        .init(name: "ten years", age: 3_650, number: 86, band: 80...100, told: .established),
        .init(name: "the stage outweighs the age", stage: .new, age: 400, number: 23, band: 20...30, told: .new),
        .init(
            name: "the user outweighs IMAP", stage: .established, inbox: folder(2, 3), sent: folder(0, nil), number: 80,
            band: 80...100, told: .established, because: ["stage_stated", "volume_low"]),
        .init(
            name: "IMAP: three days old", inbox: folder(4, 3), sent: folder(1, 2), number: 20, band: 20...30,
            told: .new, because: ["imap_history"]),
        .init(
            name: "IMAP: 45 days, enough sent", inbox: folder(90, 45), sent: folder(60, 40), number: 50, band: 50...80,
            told: .warming, because: ["imap_history"]),
        .init(
            name: "IMAP: 45 days, little sent", inbox: folder(90, 45), sent: folder(19, 40), number: 23, band: 20...30,
            told: .new, because: ["imap_history", "sent_few"]),
        .init(
            name: "IMAP: two years, much sent", inbox: folder(9_000, 730), sent: folder(2_000, 700), number: 93,
            band: 80...100, told: .established, because: ["imap_history", "volume_sent", "well_aged"]),
        .init(
            name: "IMAP: two years, some sent", inbox: folder(9_000, 730), sent: folder(199, 700), number: 60,
            band: 50...80, told: .warming, because: ["sent_few", "well_aged", "volume_low"]),
        .init(
            name: "IMAP: two years, nothing sent", inbox: folder(9_000, 730), sent: folder(0, nil), number: 23,
            band: 20...30, told: .new, because: ["sent_few"]),
        .init(
            name: "IMAP: two years, Sent not found", inbox: folder(9_000, 730), records: passing, number: 50,
            band: 50...80, told: .warming, because: ["sent_unknown"]),
        .init(
            name: "IMAP: two years, two messages, Sent not found", inbox: folder(2, 730), records: passing, number: 20,
            band: 20...30, told: .new, because: ["sent_unknown"]),
        .init(
            name: "IMAP: empty", inbox: folder(0, nil), sent: folder(0, nil), number: 20, band: 20...30, told: .unknown),
        .init(
            name: "IMAP outweighs the domain", inbox: folder(5, 5), sent: folder(1, 5), domainAge: 4_000, number: 20,
            band: 20...30, told: .new, because: ["imap_history"]),
        .init(
            name: "mail older than the domain was moved there", inbox: folder(9_000, 730), sent: folder(2_000, 700),
            domainAge: 10, number: 23, band: 20...30, told: .new, because: ["imap_history", "domain_younger"]),
        .init(
            name: "an age older than the domain", age: 400, domainAge: 20, number: 23, band: 20...30, told: .new,
            because: ["age_stated", "domain_younger"]),
        .init(
            name: "established at a young domain: the user's word, no more", stage: .established, age: 400,
            domainAge: 20, records: passing, number: 80, band: 80...100, told: .established,
            because: ["stage_stated", "domain_younger"]),
        .init(
            name: "a domain of 10 days", domainAge: 10, number: 20, band: 20...30, told: .new, because: ["domain_new"]),
        .init(
            name: "a domain of 90 days", domainAge: 90, number: 20, band: 20...30, told: .unknown,
            because: ["domain_age_only"]),
        .init(
            name: "a domain of 180 days", domainAge: 180, number: 23, band: 20...30, told: .unknown,
            because: ["domain_age_only", "old_domain"]),
        .init(
            name: "an old domain in order", domainAge: 4_000, records: passing, number: 26, band: 20...30,
            told: .unknown, because: ["old_domain", "authentication_passes"]),
    ]

    static let records: [LimitSituation] = [
        .init(
            name: "records in order lift nothing of unknown age", records: passing, number: 20, band: 20...30,
            told: .unknown, because: ["authentication_passes"]),
        .init(
            name: "nor at a young domain", domainAge: 10, records: passing, number: 20, band: 20...30, told: .new,
            because: ["domain_new", "authentication_passes"]),
        .init(name: "new, all pass", stage: .new, records: passing, number: 20, band: 20...30, told: .new),
        .init(name: "new at 20 days, all pass", age: 20, records: passing, number: 26, band: 20...30, told: .new),
        .init(
            name: "established, all that is good", age: 800, inbox: folder(9_000, 730), sent: folder(2_000, 700),
            records: passing, number: 100, band: 80...100, told: .established,
            because: ["authentication_passes", "well_aged", "volume_sent"]),
        .init(
            name: "warming, all that is good", age: 50, inbox: folder(900, 50), sent: folder(250, 49), records: passing,
            number: 80, band: 50...80, told: .warming),
        .init(
            name: "new, all that is good", age: 20, inbox: folder(90, 20), sent: folder(25, 19), records: passing,
            number: 30, band: 20...30, told: .new),
        .init(
            name: "SPF missing", age: 800, sent: folder(2_000, 700), records: [.missing, .pass, .pass], number: 80,
            band: 80...100, told: .established, because: ["spf_missing"]),
        .init(
            name: "DKIM missing", age: 50, records: [.pass, .missing, .pass], number: 50, band: 50...80, told: .warming,
            because: ["dkim_missing"]),
        .init(
            name: "DMARC missing", age: 20, records: [.pass, .pass, .missing], number: 20, band: 20...30, told: .new,
            because: ["dmarc_missing"]),
        .init(
            name: "SPF failing", age: 800, records: [.failing, .pass, .pass], number: 40, band: 40...80,
            told: .established, because: ["spf_failing"]),
        .init(
            name: "DKIM and DMARC failing", records: [.pass, .failing, .failing], number: 10, band: 10...20,
            told: .unknown, because: ["dkim_failing", "dmarc_failing"]),
        .init(
            name: "one unknown is no pass", age: 800, records: [.pass, .unknown, .pass], number: 86, band: 80...100,
            told: .established, because: ["authentication_unknown", "well_aged"]),
        .init(
            name: "throttled", age: 800, records: passing, throttled: true, number: 40, band: 40...80,
            told: .established, because: ["throttled"]),
        .init(
            name: "throttled and failing", records: [.failing, .pass, .pass], throttled: true, number: 5, band: 5...20,
            told: .unknown, because: ["throttled", "spf_failing"]),
    ]
}
