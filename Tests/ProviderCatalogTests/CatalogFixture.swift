import Foundation
import ProviderCatalog

/// The catalogue of this source tree, and broken copies of it.
enum CatalogFixture {
    /// The root of the source tree.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    /// The folder of the catalogue.
    static let directory = root.appendingPathComponent("providers").path
    /// The day that the tests take for today: that of the newest entry, so that whoever adds one with today's date
    /// breaks nothing, and ages do not depend on when the tests run.
    static let today: CatalogDate? = {
        let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        let texts = names.filter { $0.hasSuffix(".json") }
            .compactMap { try? String(contentsOfFile: directory + "/" + $0, encoding: .utf8) }
        return texts.flatMap { text in
            text.components(separatedBy: "\"date\": \"").dropFirst().compactMap { CatalogDate(String($0.prefix(10))) }
        }.max()
    }()

    /// The whole catalogue, read once.
    static let catalog = Result { () throws(CatalogError) in try Catalog.load(from: directory) }

    /// All problems of the catalogue.
    static let problems = today.map { CatalogLint(directory: directory, today: $0).problems() } ?? []

    /// The files below the catalogue's folder.
    ///
    /// - Parameter folder: `profiles` or `signatures`.
    /// - Returns: Names such as `profiles/example.json`.
    static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory + "/" + folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
    }

    /// Makes a small catalogue with some files replaced, hands it to a test, and removes it.
    ///
    /// - Parameters:
    ///   - files: The contents by file name.
    ///   - body: The test, given the folder.
    /// - Throws: What the test throws, or the error of a file that could not be written.
    static func withCatalog(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catalog-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let weights = try String(contentsOfFile: directory + "/weights.json", encoding: .utf8)
        let whole = [
            "catalogue.json": #"{"version": "1"}"#, "daily-limits.json": dailyLimits, "weights.json": weights,
            "services.json": services, "profiles/a.json": profile("a"),
        ].merging(files) { $1 }
        for name in ["profiles", "signatures", "translations"] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for (name, text) in whole { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        try body(folder.path)
    }

    /// A table of daily limits in good order.
    static let dailyLimits = """
        {"bands": {"new": {"low": 2, "high": 3}, "unknown": {"low": 2, "high": 3}, "warming": {"low": 5, "high": 8},
                   "established": {"low": 8, "high": 10}},
         "source": "https://a.example/page", "date": "2026-11-22",
         "rules": {"sent": {"warming_from": 2, "established_from": 20, "source": "https://a.example/page", "date": "2026-11-22"},
                   "old_domain": {"from_days": 180, "source": "https://a.example/page", "date": "2026-11-22"},
                   "cuts": {"throttled_percent": 50, "failing_percent": 50, "trial_percent": 50, "source": "https://a.example/page",
                            "date": "2026-11-22"},
                   "shares": {"source": "https://a.example/page", "date": "2026-11-22", "hourly_percent": 50,
                              "organisation_percent": 10}},
         "practice": [{"about": "all", "inbox_types": ["CUSTOM_SMTP"], "kinds": ["mailbox"], "stop": 4,
                       "ramp": [{"from_week": 1, "daily": 1}, {"from_week": 3, "daily": 2}], "sources": ["https://a.example/page"],
                       "date": "2026-11-22"}],
         "domain_age": {"base": "https://rdap.example/domain/", "source": "https://a.example/page", "date": "2026-11-22"},
         "ages": {"warming_from_days": 31, "established_from_days": 61, "source": "https://a.example/page", "date": "2026-11-22"}}
        """

    /// A table of services in good order.
    static let services = """
        {"public_database": {"url": "https://settings.example/{domain}", "name": "test", "source": "https://a.example/page",
                             "date": "2026-11-22"}, "realms": []}
        """

    /// A profile in good order.
    ///
    /// - Parameters:
    ///   - id: Its id; its domain and exchanger are made from it.
    ///   - change: A piece of its text and what to put in its place.
    /// - Returns: The text of its file.
    static func profile(_ id: String, _ change: (String, String)? = nil) -> String {
        let text = """
            {"id": "\(id)", "name": "\(id)", "kind": "mailbox", "inbox_type": "CUSTOM_SMTP",
             "domains": ["\(id).example"], "mx": [{"suffix": "mx.\(id).example"}],
             "smtp": [{"host": "smtp.\(id).example", "port": 587, "security": "starttls", "username": "address"}],
             "imap": [{"host": "imap.\(id).example", "port": 993, "security": "tls", "username": "address"}],
             "password": {"kind": "account", "who": "user", "how": [], "links": []}, "switches": [],
             "limits": [], "daily_cap": null, "links": [],
             "sources": [{"for": ["domains", "mx", "smtp", "imap", "password"], "source": "https://a.example/help",
                          "date": "2026-11-22"}]}
            """
        return change.map { text.replacing($0.0, with: $0.1) } ?? text
    }

    /// A file with one signature in good order.
    ///
    /// - Parameter change: A piece of its text and what to put in its place.
    /// - Returns: The text of the file.
    static func signatures(_ change: (String, String)? = nil) -> String {
        let text = """
            {"about": "test", "signatures": [{"id": "test.one", "code": 535, "needles": ["go away"],
             "finding": "bad_credentials", "confidence": 0.9, "summary": "No.", "detail": "No.",
             "remedy": {"who": "user", "steps": ["Do it."], "links": []}, "retry": "no", "source": "https://a.example/help",
             "date": "2026-11-22", "examples": ["535 Go  away now"]}]}
            """
        return change.map { text.replacing($0.0, with: $0.1) } ?? text
    }
}
