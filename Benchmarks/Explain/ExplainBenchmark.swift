import Foundation
import MailDiagnosis
import MailModel
import ProviderCatalog

/// Explains every labelled text and prints how often the right cause comes first and within three, how many texts without an
/// account problem are accused, both by language, cause, source and difficulty, and whether confidences keep what they say.
///
/// Usage, from the top folder: `swift run -c release ExplainBenchmark [--half tuning|held_out] [--misses] [--told]
/// [--folds N] [PATH ...]`.
/// Without a path it reads `fixtures/explain/corpus`. Texts that were composed, and not pasted by anybody, are counted apart.
/// `--misses` shows the texts that are explained wrongly, `--told` what each text was told, a line a text; neither ever shows
/// those of the half that is held out. `--folds` prints a cross-validation by project in place of all that.
@main
struct ExplainBenchmark {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let showsMisses = take("--misses", from: &arguments)
        let showsTold = take("--told", from: &arguments)
        let half = try takeHalf(from: &arguments)
        let folds = try takeFolds(from: &arguments)
        let paths = arguments.isEmpty ? ["fixtures/explain/corpus"] : arguments
        let explainer = Explainer(catalog: try Catalog.load(from: "providers"))
        let texts = try paths.flatMap(CorpusText.read).filter { half == nil || $0.half == half }
        let begun = ContinuousClock.now
        let outcomes = texts.map { Self.outcome(of: $0, by: explainer) }
        let time = (ContinuousClock.now - begun) / .milliseconds(1)
        let pasted = outcomes.filter { $0.text.file != "composed" }
        if let folds {
            Folds(count: folds, outcomes: pasted).print { $0.text.half == .heldOut }
            return
        }
        for half in Half.allCases {
            let part = pasted.filter { $0.text.half == half }
            if !part.isEmpty { BenchmarkPage(name: half.rawValue, outcomes: part).print() }
        }
        let composed = outcomes.filter { $0.text.file == "composed" }
        if !composed.isEmpty {
            print("\ncomposed (no pastes; not part of the figures above)")
            for half in Half.allCases { print(Tally(half.rawValue, composed.filter { $0.text.half == half }).line) }
        }
        print("\n\(texts.count) texts, \(String(format: "%.2f", time / Double(max(texts.count, 1)))) ms each")
        let tuning = outcomes.filter { $0.text.half == .tuning }
        if showsTold { BenchmarkPage.printTold(tuning) }
        guard showsMisses else { return }
        BenchmarkPage.printMisses(tuning)
        BenchmarkPage.printProviderMisses(tuning)
    }

    private static func take(_ option: String, from arguments: inout [String]) -> Bool {
        let isThere = arguments.contains(option)
        arguments.removeAll { $0 == option }
        return isThere
    }

    private static func takeHalf(from arguments: inout [String]) throws -> Half? {
        guard let place = arguments.firstIndex(of: "--half") else { return nil }
        guard place + 1 < arguments.count, let half = Half(rawValue: arguments[place + 1]) else {
            throw CorpusError(message: "--half takes \(Half.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        arguments.removeSubrange(place...(place + 1))
        return half
    }

    private static func takeFolds(from arguments: inout [String]) throws -> Int? {
        guard let place = arguments.firstIndex(of: "--folds") else { return nil }
        guard place + 1 < arguments.count, let count = Int(arguments[place + 1]), (2...20).contains(count) else {
            throw CorpusError(message: "--folds takes a number from 2 to 20")
        }
        arguments.removeSubrange(place...(place + 1))
        return count
    }

    private static func outcome(of text: CorpusText, by explainer: Explainer) -> Outcome {
        let explanation = explainer.explain(text.text)
        return Outcome(
            text: text, causes: explanation.findings.map { ($0.id.description, $0.confidence) },
            provider: explanation.provider, evidence: explanation.findings.first?.evidence ?? [],
            reason: nil)
    }
}
