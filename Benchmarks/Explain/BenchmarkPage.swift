import Foundation

/// What is printed of one half of the corpus.
struct BenchmarkPage {
    var name: String
    var outcomes: [Outcome]

    /// The bounds between which confidences are compared with what they keep.
    private static let bands: [(from: Double, below: Double)] = [
        (0.9, 1.01), (0.75, 0.9), (0.6, 0.75), (0.5, 0.6), (0, 0.5),
    ]

    func print() {
        Swift.print("\n\(name): \(outcomes.count) texts of \(Set(outcomes.map(\.text.project)).count) projects")
        Swift.print(Tally("all", outcomes).line)
        Swift.print(Tally("hard", outcomes.filter { $0.text.tags.contains("hard") }).line)
        Swift.print(Tally("misleading", outcomes.filter { $0.text.tags.contains("misleading") }).line)
        Swift.print(Tally("not hard", outcomes.filter { !$0.text.tags.contains("hard") }).line)
        Swift.print(Tally("no account problem", outcomes.filter(\.text.isNegative)).line)
        Swift.print(Tally("an account problem", outcomes.filter { !$0.text.isNegative }).line)
        section("by language", \.text.language)
        section("by kind of source", \.text.file)
        section("by cause", \.text.cause)
        printAccusations()
        printProviders()
        printCalibration()
    }

    private func section(_ title: String, _ key: (Outcome) -> String) {
        Swift.print("\n \(title)")
        let groups = Dictionary(grouping: outcomes, by: key)
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        for (name, part) in groups { Swift.print(Tally(name, part).line) }
    }

    /// Of which causes texts without an account problem are accused.
    private func printAccusations() {
        let groups = Dictionary(grouping: outcomes.filter(\.isAccused)) { $0.causes.first?.id ?? "none" }
        guard !groups.isEmpty else { return }
        Swift.print("\n accused of")
        for (id, part) in groups.sorted(by: { $0.key < $1.key }) {
            Swift.print("  \(id.padded(to: 30))\(String(part.count).leading(5))")
        }
    }

    /// Whether the provider that is named is the one that the text shows.
    private func printProviders() {
        let named = outcomes.filter { $0.provider != nil }
        let right = named.count { $0.provider == $0.text.provider }
        let known = outcomes.count { $0.text.provider != nil }
        Swift.print("\n provider: \(named.count) named, \(right) of them right, of \(known) that the texts show")
    }

    private func printCalibration() {
        Swift.print("\n first cause told with a confidence of")
        for (from, below) in Self.bands {
            let part = outcomes.filter { outcome in
                outcome.causes.first.map { $0.confidence >= from && $0.confidence < below } ?? false
            }
            let right = part.count(where: \.isFirst)
            let label = from == 0 ? "below 0.5" : below > 1 ? "0.9 or more" : "\(from) to \(below)"
            let share = Tally.share(right, part.count)
            Swift.print("  \(label.padded(to: 14))\(String(part.count).leading(5))  right \(share)")
        }
    }

    /// The texts whose provider is named wrongly or not at all.
    static func printProviderMisses(_ outcomes: [Outcome]) {
        Swift.print("\nproviders")
        for outcome in outcomes where outcome.provider != outcome.text.provider {
            let (told, right) = (outcome.provider ?? "none", outcome.text.provider ?? "none")
            Swift.print("  \(outcome.text.id): \(told) in place of \(right)")
        }
    }

    /// What each text was told: its id, the right causes, the causes told, and what decided, with tabs between.
    static func printTold(_ outcomes: [Outcome]) {
        for outcome in outcomes {
            let causes = outcome.causes.map { "\($0.id) \(String(format: "%.2f", $0.confidence))" }
            let right = ([outcome.text.cause] + outcome.text.alsoRight).joined(separator: " ")
            Swift.print(
                "told", outcome.text.id, right, causes.joined(separator: ", "), outcome.evidence.joined(separator: " "),
                separator: "\t")
        }
    }

    /// The texts that are explained wrongly, for whoever looks for what is missing.
    static func printMisses(_ outcomes: [Outcome]) {
        for outcome in outcomes where !outcome.isFirst || outcome.isAccused {
            let causes = outcome.causes.map { "\($0.id) \(String(format: "%.2f", $0.confidence))" }
            Swift.print("\n--- \(outcome.text.id) [\(outcome.text.tags.joined(separator: " "))]")
            Swift.print("    right: \(([outcome.text.cause] + outcome.text.alsoRight).joined(separator: ", "))")
            Swift.print("    told:  \(causes.joined(separator: ", ")) by \(outcome.evidence.joined(separator: ", "))")
            for line in outcome.text.text.prefix(1_200).split(separator: "\n") {
                Swift.print("    | \(line.prefix(400))")
            }
        }
    }
}
