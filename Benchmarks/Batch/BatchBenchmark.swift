import Foundation
import MailTestSupport

/// Runs `mailconnect batch` over accounts of the lab, and a plain Python client over the same ones, and prints what each cost.
///
/// ```
/// swift run -c release BatchBenchmark [ACCOUNTS [AT_ONCE [DELAY]]]      as root, on a machine with the lab's servers
/// swift run -c release BatchBenchmark growth [ROWS ...]                 anywhere: servers of its own, without TLS
/// ```
///
/// The client is `peer.py` with aiosmtplib and aioimaplib, in an environment of its own (`python3 -m venv .build/peer`, then
/// `.build/peer/bin/pip install aiosmtplib aioimaplib`); without one its columns stay empty. It neither looks up nor reports: it
/// is the floor of what a program in that language pays for the two logins. Compare within one table only.
@main
struct BatchBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count > 3, arguments[1] == "measure" { return try Measure.run(Array(arguments.dropFirst(2))) }
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let tool = own.deletingLastPathComponent().appending(path: "mailconnect").path
        if arguments.count > 1, arguments[1] == "growth" {
            let numbers = arguments.dropFirst(2).compactMap { Int($0) }.filter { $0 > 0 }
            return try await Growth.run(numbers.isEmpty ? [1_000, 10_000, 100_000] : numbers, tool, own.path)
        }
        let accounts = arguments.count > 1 ? Int(arguments[1]) ?? 1_000 : 1_000
        let folder = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        print(
            "round trip  at once  accounts  right   ms CPU  accounts/s  MiB   peer ms  peer/s  CPU ratio  speed ratio")
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        for delay in numbers.count > 1 ? [numbers[1]] : [0, 50] {
            for width in numbers.isEmpty ? [1, 100, 1_000] : [numbers[0]] {
                let count = min(accounts, width == 1 ? 100 : accounts)
                try await row(count, width, delay, folder, tool, own.path)
            }
        }
    }

    private static func row(
        _ count: Int, _ width: Int, _ delay: Int, _ folder: URL, _ tool: String, _ own: String
    ) async throws {
        let client = try await Lab.shared().client(delay: delay)
        let file = folder.appending(path: "\(count)-\(width)-\(delay).csv").path
        try Accounts.csv(count).write(toFile: file, atomically: true, encoding: .utf8)
        let output = file + ".ndjson"
        let ours = try await client.run(
            own,
            [
                "measure", tool, "batch", file, "--output", output, "--concurrency", "\(width)", "--pace", "none",
                "--quiet",
            ], seconds: 900)
        guard let cost = Measure(ours.standardOutput) else {
            print(ours.standardOutput + ours.standardError)
            return
        }
        let right = Accounts.right(try String(contentsOfFile: output, encoding: .utf8), count)
        var line = [
            "\(delay * 2) ms", "\(width)", "\(count)", "\(right)", shown(cost.cpu / Double(count) * 1_000),
            shown(Double(count) / cost.seconds), "\(cost.peak / 1024)",
        ]
        if let peer = try await peer(count, width, client, own, file) {
            line += [
                shown(peer.cpu / Double(count) * 1_000), shown(Double(count) / peer.seconds),
                shown(cost.cpu / peer.cpu), shown(peer.seconds / cost.seconds),
            ]
        }
        let widths = [10, 7, 8, 5, 7, 10, 3, 8, 6, 9, 11]
        print(
            zip(line, widths).map { column($0, $1) }.joined(separator: "  "))
    }

    /// A text at the right end of a column.
    static func column(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func peer(
        _ count: Int, _ width: Int, _ client: LabClient, _ own: String, _ file: String
    ) async throws -> Measure? {
        let root = URL(filePath: Repository.path("."))
        let python = root.appending(path: ".build/peer/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        let script = root.appending(path: "Benchmarks/Batch/peer.py").path
        let result = try await client.run(own, ["measure", python, script, file, "\(width)"], seconds: 900)
        guard let cost = Measure(result.standardOutput) else {
            print(result.standardOutput + result.standardError)
            return nil
        }
        return cost
    }

    private static func shown(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// The accounts: every twentieth has a wrong password.
enum Accounts {
    static func csv(_ count: Int) -> String {
        let users = LabUsers()
        let rows = (1...max(1, count)).map { number in
            let user = users.numbered((number - 1) % users.numberedCount + 1)
            let password = number % 20 == 0 ? "wrong-\(number)" : user.password
            return "\(user.address),\(password),User \(number)\n"
        }
        return "email_address,smtp_password,display_name\n" + rows.joined()
    }

    /// How many rows came to what they should.
    static func right(_ lines: String, _ count: Int) -> Int {
        lines.split(separator: "\n").count { line in
            guard let row = number(after: "\"row\":", in: line) else { return false }
            return line.contains(row % 20 == 0 ? "\"verdict\":\"action_needed\"" : "\"verdict\":\"ready\"")
        }
    }

    private static func number(after key: String, in line: Substring) -> Int? {
        guard let place = line.range(of: key) else { return nil }
        return Int(line[place.upperBound...].prefix { $0.isNumber })
    }
}

/// What a program took.
struct Measure {
    /// Seconds of CPU, user and system.
    var cpu: Double
    /// Seconds.
    var seconds: Double
    /// The largest resident set, in KiB.
    var peak: Int

    /// Runs a program and prints what it took.
    static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.standardError
        let begun = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        let time = (ContinuousClock.now - begun) / .seconds(1)
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        print("measured \(seconds(usage.ru_utime) + seconds(usage.ru_stime)) \(time) \(usage.ru_maxrss)")
    }

    /// Reads what `run` printed.
    init?(_ text: String) {
        guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix("measured ") }) else { return nil }
        let numbers = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard numbers.count == 3 else { return nil }
        (cpu, seconds, peak) = (numbers[0], numbers[1], Int(numbers[2]))
    }
}
