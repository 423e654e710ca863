import FoundationEssentials
import MailModel
import ProviderCatalog

/// How well the catalogue is founded, as a page for people: three shares, and what to look up first.
struct AuditPage {
    private let audit: CatalogAudit
    private let shown: Int

    /// Takes an audit.
    ///
    /// - Parameters:
    ///   - audit: The audit.
    ///   - shown: How many figures to look up first are listed.
    init(_ audit: CatalogAudit, shown: Int) {
        self.audit = audit
        self.shown = shown
    }

    /// The page.
    var text: String {
        let head =
            "\(audit.profiles) profiles, \(audit.domains) mail domains, \(audit.figures.count) figures with a source"
        let tables =
            table("Who says it", audit.counts(\.kind).map { (words($0.value), $0.count) })
            + table("How sure it is", audit.counts(\.confidence).map { ($0.value.rawValue, $0.count) })
            + table("How old it is", audit.counts(\.age).map { (words($0.value), $0.count) })
        let first = audit.figures.prefix(shown).map { figure in
            "  \(figure.confidence.rawValue), \(words(figure.age)): \(figure.provider) \(figure.place)  "
                + ServerText(figure.source).escaped
        }
        return ([head, ""] + tables + ["Look up first"] + first).joined(separator: "\n")
    }

    private func table(_ title: String, _ rows: [(String, Int)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        let all = max(1, rows.reduce(0) { $0 + $1.1 })
        let lines = rows.map { name, count in
            let tenths = (count * 2_000 / all + 1) / 2
            let share = "\(tenths / 10).\(tenths % 10) %"
            let gap = String(repeating: " ", count: width + 2 - name.count + max(0, 7 - share.count))
            return "  \(name)\(gap)\(share)  \(count)"
        }
        return [title] + lines + [""]
    }

    private func words(_ kind: SourceKind) -> String {
        switch kind {
        case .provider: "the provider's own page"
        case .standard: "a standard"
        case .table: "a file in a public repository"
        case .thread: "a thread"
        case .page: "a page of somebody else"
        }
    }

    private func words(_ age: CatalogAudit.Age) -> String {
        switch age {
        case .year: "within a year"
        case .threeYears: "within three years"
        case .older: "older"
        case .notTold: "no day on the page"
        }
    }
}
