import MailModel

/// The sending domain's records, and endpoints that were tried besides.
extension SavedValue {
    func alternatives(of service: MailService) throws(SavedReportError) -> AlternativesFacts {
        var tried: [AlternativeFacts] = []
        for item in try self["tried"].list() {
            tried.append(
                AlternativeFacts(
                    endpoint: try item["endpoint"].endpoint(of: service),
                    reason: try item["reason"].word(AlternativeFacts.Reason.self),
                    stage: try item["stage"].word(Stage.self), failure: try item.optional("failure")?.failure()))
        }
        return AlternativesFacts(isUserChoice: try self["user_choice"].flag(), tried: tried)
    }

    func spf() throws(SavedReportError) -> SPFFacts {
        var error: SPFPermanentError?
        if let saved = try optional("permanent_error") {
            error = SPFPermanentError(try saved["kind"].word(SPFPermanentError.Kind.self), at: try saved["name"].text())
        }
        return SPFFacts(
            lookup: try self["lookup"].lookup(), recordCount: try self["record_count"].integer(),
            problems: try self["problems"].texts(), lookupCount: try self["lookup_count"].integer(),
            voidLookupCount: try optional("void_lookup_count")?.integer() ?? 0, permanentError: error,
            includes: try self["includes"].texts(), withMacros: try optional("with_macros")?.texts() ?? [],
            unreadable: try self["unreadable"].texts(),
            includesProvider: try optional("includes_provider")?.flag(),
            allQualifier: try optional("all_qualifier")?.text())
    }

    func dmarc() throws(SavedReportError) -> DMARCFacts {
        DMARCFacts(
            lookup: try self["lookup"].lookup(),
            organizationalLookup: try optional("organizational_lookup")?.lookup(),
            recordCount: try self["record_count"].integer(), policy: try optional("policy")?.text(),
            problems: try self["problems"].texts())
    }

    func dkim() throws(SavedReportError) -> DKIMFacts {
        var selectors: [DKIMFacts.Selector] = []
        for item in try self["selectors"].list() {
            selectors.append(
                DKIMFacts.Selector(
                    name: try item["name"].text(), state: try item["state"].word(DKIMFacts.State.self),
                    lookup: try item["lookup"].lookup()))
        }
        return DKIMFacts(selectors: selectors)
    }

    func mtaSTS() throws(SavedReportError) -> MTASTSFacts {
        var facts = MTASTSFacts(
            lookup: try self["lookup"].lookup(), recordCount: try self["record_count"].integer(),
            id: try optional("id")?.text(), policyHost: try optional("policy_host")?.text(),
            problem: try optional("problem")?.word(MTASTSFacts.Problem.self),
            uncovered: try self["uncovered"].texts())
        if let policy = try optional("policy") {
            facts.policy = MTASTSFacts.Policy(
                mode: try policy["mode"].word(MTASTSFacts.Mode.self), maximumAge: try policy["max_age"].integer(),
                patterns: try policy["mx"].texts())
        }
        return facts
    }

    func tlsRPT() throws(SavedReportError) -> TLSRPTFacts {
        TLSRPTFacts(
            lookup: try self["lookup"].lookup(), recordCount: try self["record_count"].integer(),
            addressCount: try self["address_count"].integer(),
            problem: try optional("problem")?.word(TLSRPTFacts.Problem.self))
    }
}
