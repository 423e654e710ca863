import Foundation
import MailDiagnosis
import MailJSON
import MailModel
import MailReport

@testable import ProviderCatalog

/// Files of the catalogue, as each of its readers takes them.
enum FuzzedCatalogue {
    static func read(_ octets: [UInt8]) {
        _ = try? ProviderProfile.json.read(octets: octets, .strict)
        _ = try? DailyLimitBands.json.read(octets: octets, .strict)
        _ = try? EvidenceWeights.json.read(octets: octets, .strict)
        _ = try? WebServices.json.read(octets: octets, .strict)
        _ = try? RecognitionCues.json.read(octets: octets, .strict)
        _ = try? Interceptor.list.read(octets: octets, .strict)
        _ = try? SignatureFile.json(Signature.json).read(octets: octets, .strict)
    }
}

/// Any JSON text.
enum FuzzedJSON {
    /// What is written of a value reads as the same value, in both layouts and with either escaping.
    static func read(_ octets: [UInt8]) {
        guard let first = try? JSONParser.parse(octets) else { return }
        // Once written, 1.0 is 1 and stays it.
        let value = again(first, .compact, .safeToShow)
        for layout in [JSONWriter.Layout.compact, .indented] {
            for escaping in [JSONWriter.Escaping.safeToShow, .whatMustBe] where again(value, layout, escaping) != value
            {
                fatalError("what was written reads as something else")
            }
        }
    }

    private static func again(
        _ value: JSONValue, _ layout: JSONWriter.Layout, _ escaping: JSONWriter.Escaping
    ) -> JSONValue {
        var writer = JSONWriter(layout, escaping: escaping)
        writer.write(value)
        do {
            return try JSONParser.parse(writer.octets)
        } catch {
            fatalError("\(error)")
        }
    }
}

/// Saved reports.
enum FuzzedReport {
    /// A report that can be read is written as one that reads the same.
    static func read(_ octets: [UInt8]) {
        _ = try? SavedReport.diagnosis(from: Data(octets))
        guard let report = try? SavedReport.report(from: Data(octets)) else { return }
        let text = JSONReport.render(report)
        do {
            let read = try SavedReport.report(from: Data(text.utf8))
            if JSONReport.render(read) != text { fatalError("a report reads as something else") }
        } catch {
            fatalError("\(error)")
        }
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
