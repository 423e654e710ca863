import Foundation
import MailJSON
import MailReport
import MailTestSupport

/// Times the JSON parser and writer on the files of the catalogue and on the golden reports, beside Foundation's.
///
/// Usage: `swift run -c release JSONBenchmark [RUNS]`.
@main
struct JSONBenchmark {
    static func main() throws {
        let runs = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 15 : 15
        let profiles = try files("providers/profiles")
        let reports = try files("fixtures/golden/report")
        try compare("the profiles", profiles, runs)
        try compare("the golden reports", reports, runs)
        let saved = reports.map { Data($0) }
        let read = try median(of: runs) { for octets in saved { _ = try SavedReport.report(from: octets) } }
        let values = try saved.map { octets in try SavedReport.report(from: octets) }
        let written = try median(of: runs) { for report in values { _ = JSONReport.render(report) } }
        print(
            "a report is read in \(shown(read / Double(saved.count))) ms and written in \(shown(written / Double(saved.count))) ms"
        )
    }

    /// Parsing and writing texts, in MB/s and against Foundation.
    private static func compare(_ name: String, _ texts: [[UInt8]], _ runs: Int) throws {
        let megabytes = Double(texts.reduce(0) { $0 + $1.count }) / 1e6
        let parsing = try median(of: runs) { for text in texts { _ = try JSONParser.parse(text) } }
        let datas = texts.map { Data($0) }
        let foundation = try median(of: runs) { for data in datas { _ = try JSONSerialization.jsonObject(with: data) } }
        let values = try texts.map { text in try JSONParser.parse(text) }
        var size = 0
        let writing = try median(of: runs) {
            size = 0
            for value in values {
                var writer = JSONWriter(.indented)
                writer.write(value)
                size += writer.octets.count
            }
        }
        print(
            "\(name), \(String(format: "%.2f", megabytes)) MB: parsed at \(rate(megabytes, parsing)) MB/s, "
                + "\(String(format: "%.1f", foundation / parsing)) x Foundation; "
                + "written at \(rate(Double(size) / 1e6, writing)) MB/s")
    }

    private static func files(_ folder: String) throws -> [[UInt8]] {
        let path = Repository.path(folder)
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted()
            .map { Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + $0))) }
    }

    private static func rate(_ megabytes: Double, _ milliseconds: Double) -> String {
        String(format: "%.0f", megabytes / milliseconds * 1000)
    }

    private static func shown(_ milliseconds: Double) -> String { String(format: "%.2f", milliseconds) }

    /// The middle of several timings in milliseconds, after one run that does not count.
    private static func median(of runs: Int, _ body: () throws -> Void) throws -> Double {
        try body()
        var times: [Double] = []
        for _ in 0..<max(1, runs) {
            let begun = ContinuousClock.now
            try body()
            times.append((ContinuousClock.now - begun) / .milliseconds(1))
        }
        return times.sorted()[times.count / 2]
    }
}
