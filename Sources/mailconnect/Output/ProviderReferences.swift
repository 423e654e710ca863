import ProviderCatalog

/// The sources of a profile, each once and with a number.
struct ProviderReferences {
    private let profile: ProviderProfile
    private let names: [String]

    init(_ profile: ProviderProfile) {
        self.profile = profile
        var seen: Set<String> = []
        let all =
            profile.sources.map(\.source) + profile.limits.map(\.source) + (profile.dailyCap.map { [$0.source] } ?? [])
        names = all.filter { seen.insert($0).inserted }
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
        names.enumerated().map { number, name in
            let days =
                profile.sources.filter { $0.source == name }.map(\.date)
                + profile.limits.filter { $0.source == name }.map(\.date)
                + (profile.dailyCap.map { $0.source == name ? [$0.date] : [] } ?? [])
            return "[\(number + 1)] \(name)" + (days.max().map { " (\($0))" } ?? "")
        }
    }
}
