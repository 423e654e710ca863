import MailModel

/// The facts about the sending domain's records, and about endpoints that were tried besides.
extension JSONReport {
    static func alternatives(_ facts: AlternativesFacts) -> JSONValue {
        [
            "kind": .text("alternatives"),
            "user_choice": .flag(facts.isUserChoice),
            "tried": .list(facts.tried.map(alternative)),
        ]
    }

    private static func alternative(_ facts: AlternativeFacts) -> JSONValue {
        [
            "endpoint": .text(facts.endpoint.description),
            "reason": .text(facts.reason.rawValue),
            "stage": .text(facts.stage.rawValue),
            "failure": facts.failure.map(failure) ?? .null,
        ]
    }

    static func spf(_ facts: SPFFacts) -> JSONValue {
        [
            "kind": .text("spf"),
            "lookup": lookup(facts.lookup),
            "record_count": .integer(facts.recordCount),
            "problems": .texts(facts.problems),
            "lookup_count": .integer(facts.lookupCount),
            "void_lookup_count": .integer(facts.voidLookupCount),
            "permanent_error": facts.permanentError.map {
                ["kind": .text($0.kind.rawValue), "name": .text($0.name)]
            } ?? .null,
            "includes": .texts(facts.includes),
            "with_macros": .texts(facts.withMacros),
            "unreadable": .texts(facts.unreadable),
            "includes_provider": facts.includesProvider.map { .flag($0) } ?? .null,
            "all_qualifier": .optional(facts.allQualifier),
        ]
    }

    static func dmarc(_ facts: DMARCFacts) -> JSONValue {
        [
            "kind": .text("dmarc"),
            "lookup": lookup(facts.lookup),
            "organizational_lookup": facts.organizationalLookup.map(lookup) ?? .null,
            "record_count": .integer(facts.recordCount),
            "policy": .optional(facts.policy),
            "problems": .texts(facts.problems),
        ]
    }

    static func dkim(_ facts: DKIMFacts) -> JSONValue {
        [
            "kind": .text("dkim"),
            "selectors": .list(
                facts.selectors.map { selector in
                    [
                        "name": .text(selector.name), "state": .text(selector.state.rawValue),
                        "lookup": lookup(selector.lookup),
                    ] as JSONValue
                }),
        ]
    }

    static func mtaSTS(_ facts: MTASTSFacts) -> JSONValue {
        [
            "kind": .text("mta_sts"),
            "lookup": lookup(facts.lookup),
            "record_count": .integer(facts.recordCount),
            "id": .optional(facts.id),
            "policy_host": .optional(facts.policyHost),
            "policy": facts.policy.map { policy in
                [
                    "mode": .text(policy.mode.rawValue), "max_age": .integer(policy.maximumAge),
                    "mx": .texts(policy.patterns),
                ] as JSONValue
            } ?? .null,
            "problem": .optional(facts.problem?.rawValue),
            "uncovered": .texts(facts.uncovered),
        ]
    }

    static func tlsRPT(_ facts: TLSRPTFacts) -> JSONValue {
        [
            "kind": .text("tls_rpt"),
            "lookup": lookup(facts.lookup),
            "record_count": .integer(facts.recordCount),
            "address_count": .integer(facts.addressCount),
            "problem": .optional(facts.problem?.rawValue),
        ]
    }
}
