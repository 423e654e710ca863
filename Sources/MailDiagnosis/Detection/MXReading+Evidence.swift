public import MailModel
public import ProviderCatalog

extension MXReading {
    /// How many exchangers the ledger shows.
    private static let maximumLines = 20

    /// The ledger's lines: one for each exchanger, or one that says why there is none.
    ///
    /// - Parameter weights: How much each kind of evidence weighs.
    /// - Returns: At least one line.
    public func evidence(_ weights: EvidenceWeights) -> [Evidence] {
        let query = "MX \(response.name)"
        guard !exchangers.isEmpty else {
            return [
                Evidence(
                    source: "mx", query: query, outcome: isNull ? .negative : response.outcome.evidence,
                    detail: isNull ? nullWords : response.outcome.words,
                    weight: isNull || nameIsMissing ? weights[.mx] : 0, duration: response.duration)
            ]
        }
        return exchangers.prefix(Self.maximumLines).map { exchanger in
            let owner = exchanger.profile.map { ": \($0.kind.words) \($0.name)" } ?? ""
            return Evidence(
                source: "mx", query: query, outcome: .found,
                detail: "\(exchanger.preference) \(ServerText(exchanger.name))" + owner,
                pointsTo: exchanger.profile?.id, weight: exchanger.kind.map { weights[$0] } ?? 0,
                duration: response.duration)
        }
    }

    private var nullWords: String {
        let names = response.records.compactMap { record -> String? in
            if case .mx(_, let name) = record, !name.isEmpty { ServerText(name).escaped } else { nil }
        }
        guard let name = names.first else { return "null MX: the domain takes no mail" }
        return "\(name) can be no exchanger: the domain takes no mail"
    }
}
