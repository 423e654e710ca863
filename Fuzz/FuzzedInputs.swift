import Foundation
import MailDiagnosis
import MailModel

@testable import ProviderCatalog

/// Files of the catalogue, as each of its readers takes them.
enum FuzzedCatalogue {
    static func read(_ octets: [UInt8]) {
        guard let value = try? JSONParser.parse(octets),
            let object = try? JSONObject(value, file: "fuzzed.json", path: "")
        else { return }
        _ = try? ProviderProfile(object, file: "profiles/fuzzed.json")
        _ = try? DailyLimitBands(object)
        _ = try? EvidenceWeights(object)
        _ = try? RecognitionCues(object)
        for item in (try? object.objects("signatures")) ?? [] { _ = try? Signature(item) }
    }
}

/// Pasted texts.
enum FuzzedPaste {
    private static let explainer: Explainer = {
        let folder = ProcessInfo.processInfo.environment["FUZZ_CATALOGUE"] ?? "providers"
        do {
            return Explainer(catalog: try Catalog.load(from: folder))
        } catch {
            fatalError("\(error)")
        }
    }()

    static func explain(_ octets: [UInt8]) {
        let explanation = explainer.explain(String(decoding: octets, as: UTF8.self))
        guard (1...3).contains(explanation.findings.count),
            explanation.findings.allSatisfy({ (0...1).contains($0.confidence) })
        else { fatalError("an explanation has one to three findings") }
    }
}
