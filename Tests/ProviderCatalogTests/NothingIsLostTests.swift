import Foundation
import MailJSON
import MailModel
import MailTestSupport
import Testing

@testable import ProviderCatalog

/// What stands in the catalogue is handed on whole: every key of every file is read and written back.
struct NothingIsLostTests {
    /// A profile with something in each property.
    static func fullProfile() throws -> ProviderProfile {
        let day = try #require(CatalogDate("2026-11-22"))
        let owner = RemedyOwner.admin
        let condition = LimitCondition(
            fromDay: 1, toDay: 30, isForTrials: true, addressDomain: "a.example", isShared: true, isExample: true)
        var prints = Fingerprints()
        let lists: [WritableKeyPath<Fingerprints, [String]>] = [
            \.spfInclude, \.dkimSelector, \.dkimCNAME, \.autodiscoverCNAME, \.autoconfigCNAME, \.txtPrefix, \.greeting,
            \.certificateName,
        ]
        for (number, list) in lists.enumerated() { prints[keyPath: list] = ["value\(number)"] }
        let server = EndpointProfile(
            host: "s.{domain}", port: 465, security: .tls, username: .localPart, addresses: .listedDomains)
        return ProviderProfile(
            id: "full", like: "other", name: "Full", house: "h", kind: .consumer, inboxType: .customSMTP,
            domains: [try #require(MailDomainPattern("*.a.example"))],
            consumerDomains: .some([try #require(MailDomainPattern("*.a.example"))]),
            mxPatterns: [.exact("mx.a.example"), .suffix("b.example")], fingerprints: prints, smtp: [server],
            imap: [server], usernameNote: "a note",
            password: PasswordProfile(
                kind: .appPassword, who: owner, how: ["Make one."], links: ["https://a.example/help"],
                shownInGroups: PasswordProfile.Grouping(count: 4, length: 4)),
            loginEndings: [LoginEnding(service: .imap, day: day, state: .offByDefault, source: "s", date: day)],
            switches: [
                AccessSwitch(what: .smtpAuth, who: owner, byDefault: .off, how: ["x"], links: ["https://a.example/"])
            ],
            restrictions: ["r"], regions: ["eu"],
            limits: [
                SendingLimit(
                    what: "messages", per: .hour, value: 5, note: "n", applies: condition, source: "s", date: day,
                    published: "2026", confidence: .medium)
            ],
            dailyCap: DailyCap(value: 9, source: "s", date: day, published: "2026", confidence: .high),
            pace: try fullPace(), links: ["https://a.example/"], notes: ["n"],
            sources: [
                SourceReference(
                    sections: [.mx], source: "s", date: day, published: "2026", note: "n", confidence: .low)
            ])
    }

    private static func fullPace() throws -> Pace {
        let day = try #require(CatalogDate("2026-11-22"))
        let figure = PaceFigure(
            value: 3, per: .address, service: .imap, note: "n", source: "s", date: day, published: "2026",
            confidence: .low)
        return Pace(
            connections: figure, loginsAtOnce: figure, loginsPerMinute: figure, pause: figure,
            lockout: LockoutRule(words: "w", source: "s", date: day, published: "2026", confidence: .medium))
    }

    @Test func aFullProfileComesBack() throws {
        let profile = try Self.fullProfile()
        #expect(Blank.properties(of: profile, "profile") == [])
        let text = ProviderProfile.json.write(profile).rendered()
        #expect(try ProviderProfile.json.read(octets: Array(text.utf8), .strict) == profile)
        #expect(try ProviderProfile.document.read(ProviderProfile.document.write(profile), .strict) == profile)
    }

    /// These were lost when profiles were written by hand.
    @Test func theEndsOfLoginsAndTheConditionsOfLimitsAreShown() throws {
        let document = ProviderProfile.document.write(try Self.fullProfile())
        #expect(document["login_endings"]?.elements?.first?["state"] == "off_by_default")
        #expect(document["limits"]?.elements?.first?["applies"]?["from_day"] == 1)
    }

    static let files =
        CatalogFixture.files(in: "profiles") + CatalogFixture.files(in: "signatures")
        + [
            "daily-limits.json", "weights.json", "services.json", "traces.json", "interceptors.json", "catalogue.json",
            "detection.json", "lint.json", "consumers.json",
        ]

    @Test(arguments: files) func everyKeyOfAFileIsWrittenBack(file: String) throws {
        let octets = Array(try Data(contentsOf: URL(fileURLWithPath: CatalogFixture.directory + "/" + file)))
        let before = try JSONParser.parse(octets)
        let after: JSONValue =
            switch file {
            case "daily-limits.json": try Self.again(octets, DailyLimitBands.json)
            case "weights.json": try Self.again(octets, EvidenceWeights.json)
            case "services.json": try Self.again(octets, WebServices.json)
            case "traces.json": try Self.again(octets, RecognitionCues.json)
            case "interceptors.json": try Self.again(octets, Interceptor.list)
            case "catalogue.json": try Self.again(octets, CatalogHead.json)
            case "detection.json": try Self.again(octets, DetectionHints.json)
            case "lint.json": try Self.again(octets, LintKnowledge.json)
            case "consumers.json": try Self.again(octets, ConsumerTable.json)
            case _ where file.hasPrefix("signatures/"): try Self.again(octets, SignatureFile.json(Signature.json))
            default:
                ProviderProfile.json.write(try Self.profile(file, sources: before["sources"]?.elements?.count ?? 0))
            }
        #expect(Self.missing(before, in: after, file) == [])
    }

    /// The profile of a file, with what it takes over from another one, but for the sources of that.
    private static func profile(_ file: String, sources count: Int) throws -> ProviderProfile {
        let id = String(file.dropFirst("profiles/".count).dropLast(".json".count))
        var profile = try #require(try CatalogReader(directory: CatalogFixture.directory).profile(id: id))
        profile.sources = Array(profile.sources.prefix(count))
        return profile
    }

    private static func again<Value>(_ octets: [UInt8], _ description: JSONDescription<Value>) throws -> JSONValue {
        description.write(try description.read(octets: octets, .strict))
    }

    /// What stands in the first value and not in the second. Case and order of words do not count: some are folded or
    /// sorted when they are read.
    private static func missing(_ before: JSONValue, in after: JSONValue, _ place: String) -> [String] {
        switch (before, after) {
        case (.object(let before), .object(let after)):
            return before.keys.filter { $0 != "$schema" }
                .flatMap { key -> [String] in
                    guard let old = before[key] else { return [] }
                    guard let new = after[key] else { return ["\(place).\(key)"] }
                    return missing(old, in: new, place + "." + key)
                }
        case (.list(let before), .list(let after)):
            if before.allSatisfy({ $0.text != nil }) {
                let words = { (list: [JSONValue]) in Set(list.compactMap { $0.text?.lowercased() }) }
                return words(before) == words(after) ? [] : [place]
            }
            guard before.count == after.count else { return [place] }
            return zip(before, after).enumerated().flatMap { missing($1.0, in: $1.1, "\(place)[\($0)]") }
        case (.text(let before), .text(let after)): return before == after ? [] : [place]
        default: return before.number == after.number && before.bool == after.bool ? [] : [place]
        }
    }
}
