import MailModel

/// Who may host the account, and who learnt what.
extension SavedValue {
    func candidate() throws(SavedReportError) -> ProviderCandidate {
        ProviderCandidate(
            id: try self["id"].text(), name: try self["name"].text(),
            inboxType: try optional("inbox_type")?.inboxType(), confidence: try self["confidence"].number(),
            votesFor: try self["votes_for"].votes(), votesAgainst: try self["votes_against"].votes())
    }

    private func votes() throws(SavedReportError) -> [EvidenceVote] {
        var result: [EvidenceVote] = []
        for item in try list() {
            result.append(
                EvidenceVote(
                    source: Evidence.Source(rawValue: try item["source"].text()), weight: try item["weight"].number(),
                    detail: try item["detail"].text()))
        }
        return result
    }

    func disclosure() throws(SavedReportError) -> Disclosure {
        Disclosure(
            party: try self["party"].text(), matter: try self["learnt"].word(Disclosure.Matter.self),
            isThirdParty: try self["third_party"].flag())
    }
}

extension SavedValue {
    /// Reports from before the key was there tell it by the question.
    func kind() throws(SavedReportError) -> Evidence.Kind {
        if let kind = try optional("kind") { return try kind.word(Evidence.Kind.self) }
        let query = try self["query"].text()
        if query.hasPrefix("GET ") || query.hasPrefix("POST ") { return .document }
        if query.hasPrefix("CNAME ") { return .alias }
        switch try self["source"].text() {
        case "catalogue": return .known
        case "probe": return .server
        default: return .record
        }
    }
}
