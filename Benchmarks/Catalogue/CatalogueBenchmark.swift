import Foundation
import MailTestSupport
import ProviderCatalog

/// Times how long the whole catalogue takes to load, against reading its files alone, and how long the look-ups take that
/// detection makes for each domain.
///
/// Usage: `swift run -c release CatalogueBenchmark [RUNS]`.
@main
struct CatalogueBenchmark {
    static func main() throws {
        let runs = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 25 : 25
        let folder = Repository.path("providers")
        let reading = try median(of: runs) { try readAll(folder) }
        let loading = try median(of: runs) { _ = try Catalog.load(from: folder) }
        let catalog = try Catalog.load(from: folder)
        print(
            "\(catalog.profiles.count) profiles, \(catalog.signatures.signatures.count) signatures: "
                + "loaded in \(shown(loading)) ms, \(String(format: "%.1f", loading / reading)) x reading the files")
        let names = catalog.profiles.flatMap { $0.mxPatterns.map { "mx1.customer." + $0.name } }
        let matching = try median(of: runs) {
            guard names.allSatisfy({ catalog.profile(mx: $0) != nil || !$0.isEmpty }) else {
                throw CocoaError(.fileReadUnknown)
            }
        }
        print(
            "one exchanger is found in \(String(format: "%.2f", matching * 1000 / Double(max(names.count, 1)))) microseconds"
        )
    }

    private static func readAll(_ folder: String) throws {
        for part in ["profiles", "signatures"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/" + part) {
                _ = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(part)/\(name)"))
            }
        }
    }

    private static func shown(_ milliseconds: Double) -> String { String(format: "%.1f", milliseconds) }

    /// The middle of several timings in milliseconds, after one run that does not count.
    private static func median(of runs: Int, _ body: () throws -> Void) throws -> Double {
        try body()
        var times: [Double] = []
        for _ in 0..<max(1, runs) {
            let begun = ContinuousClock.now
            try body()
            let (seconds, attoseconds) = (ContinuousClock.now - begun).components
            times.append((Double(seconds) + Double(attoseconds) / 1e18) * 1000)
        }
        return times.sorted()[times.count / 2]
    }
}
