import Foundation
import MailModel
import MailTestSupport
import ProviderCatalog

/// Times how long the whole catalogue takes to load, against reading its files alone, how long the look-ups take that
/// detection makes for each domain, and what every run pays for the texts of servers: escaping, masking, and the names in
/// certificates.
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
        let domains = catalog.profiles.reduce(0) { $0 + $1.domains.count }
        print(
            "\(catalog.profiles.count) profiles, \(domains) mail domains, \(catalog.signatures.signatures.count) signatures, "
                + "\(try size(of: folder) / 1024) KB: "
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
        try timeTexts(catalog, runs)
    }

    private static func timeTexts(_ catalog: Catalog, _ runs: Int) throws {
        let line = Array("250-smtp.example.com at your service, [192.0.2.1] SIZE 35882577 8BITMIME".utf8)
        let chain = ["CN=smtp.example.com", "C=US,O=An Authority,CN=R11", "C=US,O=An Authority,CN=Root X1"]
        let password = Secret("blue-Kettle+42")
        let parts: [(String, () -> Bool)] = [
            ("a line is escaped", { ServerText(octets: line).escaped.isEmpty }),
            ("a redactor is made", { Redactor(secrets: [password, password]).redact("").isEmpty }),
            ("a chain is matched", { catalog.interceptor(of: chain) == nil }),
        ]
        for (name, body) in parts {
            let time = try median(of: runs) { for _ in 0..<100 { _ = body() } }
            print("\(name) in \(String(format: "%.2f", time * 10)) microseconds")
        }
    }

    /// How many octets the profiles, the table beside them and the signatures have.
    private static func size(of folder: String) throws -> Int {
        let table = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + table)).count
        return try ["profiles", "signatures"].reduce(table) { sum, part in
            try FileManager.default.contentsOfDirectory(atPath: folder + "/" + part).reduce(sum) { sum, name in
                sum + (try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(part)/\(name)")).count)
            }
        }
    }

    /// Operators of which little else is known stand in one file.
    private static let table = "consumers.json"

    private static func readAll(_ folder: String) throws {
        _ = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + table))
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
