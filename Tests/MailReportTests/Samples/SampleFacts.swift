import Foundation
import MailModel

/// Facts that differ in one field each, for the test that the JSON form loses none.
enum SampleFacts {
    private static let day = Date(timeIntervalSince1970: 1_700_000_000)
    private static let lookup = SampleParts.lookup("a", .txt, .noData)

    static let mailboxes: [CheckFacts] = [
        .mailbox(MailboxFacts(inboxOldest: day)), .mailbox(MailboxFacts(sentMessages: 2)),
        .mailbox(MailboxFacts(sentOldest: day)), .mailbox(MailboxFacts(offersIdle: true)),
        .mailbox(MailboxFacts(guessedUses: ["\\Sent"])),
        .mailbox(MailboxFacts(quotas: [QuotaFacts(resource: "STORAGE", used: 1, limit: 2)])),
    ]

    static let policies: [CheckFacts] = [
        .spf(SPFFacts(lookup: lookup)), .spf(SPFFacts(lookup: lookup, recordCount: 1)),
        .spf(SPFFacts(lookup: lookup, problems: ["x"])), .spf(SPFFacts(lookup: lookup, lookupCount: 1)),
        .spf(SPFFacts(lookup: lookup, voidLookupCount: 1)),
        .spf(SPFFacts(lookup: lookup, permanentError: SPFPermanentError(.loop, at: "x"))),
        .spf(SPFFacts(lookup: lookup, permanentError: SPFPermanentError(.noRecord, at: "x"))),
        .spf(SPFFacts(lookup: lookup, permanentError: SPFPermanentError(.loop, at: "y"))),
        .spf(SPFFacts(lookup: lookup, withMacros: ["x"])),
        .dmarc(DMARCFacts(lookup: lookup, organizationalLookup: lookup)),
        .spf(SPFFacts(lookup: lookup, includes: ["x"])), .spf(SPFFacts(lookup: lookup, unreadable: ["x"])),
        .spf(SPFFacts(lookup: lookup, includesProvider: true)), .spf(SPFFacts(lookup: lookup, allQualifier: "-")),
        .dmarc(DMARCFacts(lookup: lookup)), .dmarc(DMARCFacts(lookup: lookup, recordCount: 1)),
        .dmarc(DMARCFacts(lookup: lookup, policy: "none")), .dmarc(DMARCFacts(lookup: lookup, problems: ["x"])),
        .dkim(DKIMFacts(selectors: [])),
        .mtaSTS(MTASTSFacts(lookup: lookup)), .mtaSTS(MTASTSFacts(lookup: lookup, recordCount: 1)),
        .mtaSTS(MTASTSFacts(lookup: lookup, id: "1")), .mtaSTS(MTASTSFacts(lookup: lookup, policyHost: "h")),
        .mtaSTS(MTASTSFacts(lookup: lookup, policy: policy(.enforce, 1, ["a"]))),
        .mtaSTS(MTASTSFacts(lookup: lookup, policy: policy(.testing, 1, ["a"]))),
        .mtaSTS(MTASTSFacts(lookup: lookup, policy: policy(.enforce, 2, ["a"]))),
        .mtaSTS(MTASTSFacts(lookup: lookup, policy: policy(.enforce, 1, ["b"]))),
        .mtaSTS(MTASTSFacts(lookup: lookup, problem: .badMode)), .mtaSTS(MTASTSFacts(lookup: lookup, uncovered: ["x"])),
        .tlsRPT(TLSRPTFacts(lookup: lookup)), .tlsRPT(TLSRPTFacts(lookup: lookup, recordCount: 1)),
        .tlsRPT(TLSRPTFacts(lookup: lookup, addressCount: 1)),
        .tlsRPT(TLSRPTFacts(lookup: lookup, problem: .noAddress)),
        .dkim(DKIMFacts(selectors: [DKIMFacts.Selector(name: "s", state: .key, lookup: lookup)])),
        .dkim(DKIMFacts(selectors: [DKIMFacts.Selector(name: "s", state: .missing, lookup: lookup)])),
    ]

    static let attempts: [CheckFacts] = [
        .alternatives(AlternativesFacts(isUserChoice: false, tried: [])),
        .alternatives(AlternativesFacts(isUserChoice: true, tried: [])),
        .alternatives(AlternativesFacts(isUserChoice: true, tried: [tried(nil)])),
        .alternatives(AlternativesFacts(isUserChoice: true, tried: [tried(.startTLSNotOffered)])),
        .delivery(DeliveryFacts()), .delivery(DeliveryFacts(arrivedIn: ServerText("INBOX"))),
        .delivery(DeliveryFacts(accepted: ServerReply(code: 250, text: ServerText("ok")))),
        .delivery(DeliveryFacts(delay: .seconds(2))), .delivery(DeliveryFacts(authority: ServerText("mx"))),
        .delivery(DeliveryFacts(methods: [DeliveryFacts.Method(name: "spf", result: "pass")])),
    ]

    private static func policy(_ mode: MTASTSFacts.Mode, _ age: Int, _ names: [String]) -> MTASTSFacts.Policy {
        MTASTSFacts.Policy(mode: mode, maximumAge: age, patterns: names)
    }

    private static func tried(_ failure: Failure?) -> AlternativeFacts {
        AlternativeFacts(endpoint: SampleParts.smtp, reason: .otherPort, stage: .tls, failure: failure)
    }
}
