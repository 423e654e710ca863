import ProviderCatalog

/// The sources of a profile, each once and with a number.
struct ProviderReferences {
    private let profile: ProviderProfile
    private let names: [String]

    init(_ profile: ProviderProfile) {
        self.profile = profile
        var seen: Set<String> = []
        names = Self.dated(profile).map(\.source).filter { seen.insert($0).inserted }
    }

    /// ` [3]`, empty for a source that is not among them.
    func mark(_ source: String) -> String { names.firstIndex(of: source).map { " [\($0 + 1)]" } ?? "" }

    /// `[1, 4]`: the sources of a part.
    func numbers(_ section: SourceReference.Section) -> String {
        let numbers = profile.sources.filter { $0.sections.contains(section) }
            .compactMap { names.firstIndex(of: $0.source) }
        return numbers.isEmpty ? "" : "[" + Set(numbers).sorted().map { "\($0 + 1)" }.joined(separator: ", ") + "]"
    }

    /// The list, with the newest day on which each was looked up.
    var lines: [String] {
        let dated = Self.dated(profile)
        return names.enumerated().map { number, name in
            let days = dated.filter { $0.source == name }.map(\.date)
            return "[\(number + 1)] \(name)" + (days.max().map { " (\($0))" } ?? "")
        }
    }

    private static func dated(_ profile: ProviderProfile) -> [(source: String, date: CatalogDate)] {
        var dated = profile.sources.map { ($0.source, $0.date) }
        dated += profile.limits.map { ($0.source, $0.date) }
        if let cap = profile.dailyCap { dated.append((cap.source, cap.date)) }
        for (_, figure) in profile.pace.figures {
            if let source = figure.source, let date = figure.date { dated.append((source, date)) }
        }
        if let rule = profile.pace.lockout { dated.append((rule.source, rule.date)) }
        return dated
    }
}
