import Foundation
import MailTestSupport

/// Times whole processes: `doctor` over a wire with a delay against its counted round trips, and the start of the tool
/// against the start of curl. Ratios of one run, so a slow machine does not change what they mean.
///
/// Usage: `swift run -c release RoundTripBenchmark PATH-OF-MAILCONNECT [RUNS]`, as root, on a machine with the lab's servers.
@main
struct RoundTripBenchmark {
    /// MX, address, TCP, greeting, EHLO, STARTTLS, TLS 1.3, EHLO, AUTH.
    static let roundTrips = 9
    static let oneWay = 50

    static func main() async throws {
        guard CommandLine.arguments.count > 1 else {
            print("usage: RoundTripBenchmark PATH-OF-MAILCONNECT [RUNS]")
            exit(64)
        }
        let tool = CommandLine.arguments[1]
        let runs = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 7 : 7
        let client = try await Lab.shared().client(delay: oneWay)
        let doctor = try await median(of: runs) {
            let result = try await client.run(
                tool, ["doctor", "ready@customer.test", "--quiet"],
                environment: ["MAILCONNECT_PASSWORD": "blue-Kettle+42"])
            guard result.status == 0 else { throw BenchmarkError(output: result.standardError) }
        }
        let entering = try await median(of: runs) { _ = try await client.run("/bin/true", []) }
        let floor = Double(roundTrips * oneWay * 2) / 1000
        let net = doctor - entering
        print(
            "doctor at \(oneWay * 2) ms a round trip: \(shown(net)) s, \(shown(net / floor)) x its \(roundTrips) round trips"
        )
        let round = Double(oneWay * 2) / 1000
        for (domain, what) in [
            ("customer.test", "known by its exchangers"), ("hoster.test", "by its service records"),
            ("autoconf.test", "by its own file over https"), ("plain.test", "by servers that had to be guessed"),
        ] {
            let detect = try await median(of: runs) {
                let result = try await client.run(tool, ["detect", domain, "--quiet"])
                guard result.status == 0 else { throw BenchmarkError(output: result.standardError) }
            }
            print("detect, \(what): \(shown(detect - entering)) s = \(shown((detect - entering) / round)) round trips")
        }
        let help = try await median(of: runs * 3) { _ = try await client.run(tool, ["--help"]) } - entering
        let curl =
            try await median(of: runs * 3) { _ = try await client.run("/usr/bin/curl", ["--version"]) } - entering
        print("--help: \(shown(help)) s, \(shown(help / curl)) x curl --version")
    }

    private struct BenchmarkError: Error { var output: String }

    private static func shown(_ value: Double) -> String { String(format: "%.3f", value) }

    /// The middle of several timings in seconds, after one run that does not count.
    private static func median(of runs: Int, _ body: @Sendable () async throws -> Void) async throws -> Double {
        try await body()
        var times: [Double] = []
        for _ in 0..<runs {
            let begun = ContinuousClock.now
            try await body()
            let (seconds, attoseconds) = (ContinuousClock.now - begun).components
            times.append(Double(seconds) + Double(attoseconds) / 1e18)
        }
        return times.sorted()[times.count / 2]
    }
}
