import Foundation
import MailConnect
import MailNetwork
import MailTestSupport

/// Runs many checks at once in one process against the lab's servers, and prints what each cost.
///
/// ```
/// swift run -c release RunsBenchmark [RUNS [DELAY]]      as root, on a machine with the lab's servers
/// ```
///
/// It starts itself again on a client of the lab (`inside`). Times of one process on a shared machine say little by
/// themselves, so CPU is given beside that of bare TLS handshakes which `openssl s_time` makes on the same client.
@main
struct RunsBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count > 3, arguments[1] == "inside" {
            return try await inside(Int(arguments[2]) ?? 1, arguments[3])
        }
        let count = arguments.count > 1 ? Int(arguments[1]) ?? 1_000 : 1_000
        let delay = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 0
        let client = try await Lab.shared().client(delay: delay)
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
        let handshake = try await Self.bareHandshake(client)
        for domains in ["one", "many"] {
            let result = try await client.run(own, ["inside", "\(count)", domains], seconds: 600)
            print(result.standardOutput + result.standardError, terminator: "")
            guard let handshake, let run = Self.number(before: "ms CPU a run", in: result.standardOutput) else {
                continue
            }
            print(
                "  \(Self.shown(run / (2 * handshake))) times two bare handshakes of \(Self.shown(handshake)) ms each")
        }
        if handshake == nil { print("openssl s_time said nothing: no ratio") }
    }

    /// `count` checks at once: of one domain, or spread over the domains whose mailboxes work.
    private static func inside(_ count: Int, _ domains: String) async throws {
        var configuration = Engine.Configuration()
        let environment = ProcessInfo.processInfo.environment
        configuration.resolver = environment["MAILCONNECT_RESOLVER"]
        configuration.caFile = environment["SSL_CERT_FILE"]
        configuration.options.keepsTranscripts = false
        let engine = try Engine.standard(configuration)
        let users = LabUsers()
        let spread = ["customer.test", "single.test", "hoster.test"]
        let begun = ContinuousClock.now
        let before = Usage.now
        let runs = try (1...max(1, count)).map { number in
            let domain = domains == "one" ? "hoster.test" : spread[number % spread.count]
            // There each run has a mailbox of its own: the submission server lets one user have ten connections.
            let user = domain == "hoster.test" ? users.numbered(number) : users.ready(at: domain)
            var account = Account(address: try EmailAddress(user.address))
            account.password = Secret(user.password)
            return engine.check(account)
        }
        var verdicts: [Verdict: Int] = [:]
        var causes: [String: Int] = [:]
        for run in runs {
            let diagnosis = try await run.result
            verdicts[diagnosis.verdict, default: 0] += 1
            guard !diagnosis.verdict.isReady else { continue }
            for finding in diagnosis.findings where finding.severity == .error {
                causes["\(finding.id) \(finding.service?.rawValue ?? "-")\(Self.reply(in: diagnosis))", default: 0] += 1
            }
        }
        let used = Usage.now
        let seconds = Self.seconds(.now - begun)
        let cpu = (used.cpu - before.cpu) / Double(count) * 1000
        let told = verdicts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
        print(
            "\(count) runs, \(domains) domain(s): \(told.joined(separator: ", ")); \(Self.shown(cpu)) ms CPU a run, "
                + "\(Self.shown(Double(count) / seconds)) runs/s, peak \(used.peak / 1024) MiB")
        print("  \(await engine.counters)")
        for (cause, count) in causes.sorted(by: { $0.key < $1.key }) { print("  \(count) times \(cause)") }
    }

    /// What the servers said to the logins that they did not take.
    private static func reply(in diagnosis: Diagnosis) -> String {
        diagnosis.observations.compactMap { check in
            guard case .login(let facts)? = check.facts, !facts.isAccepted else { return nil }
            return ": \(facts.reply.quoted)"
        }.joined()
    }

    /// What a client needs for a handshake alone, in milliseconds of user CPU; a run makes two. Nil when it was not measured.
    private static func bareHandshake(_ client: LabClient) async throws -> Double? {
        let result = try await client.run(
            "/usr/bin/openssl", ["s_time", "-connect", "mail.hoster.test:993", "-new", "-time", "3"])
        let text = result.standardOutput + result.standardError
        return number(before: "connections/user sec", in: text).flatMap { $0 > 0 ? 1000 / $0 : nil }
    }

    /// The number that stands right before these words.
    private static func number(before words: String, in text: String) -> Double? {
        guard let place = text.range(of: " " + words) else { return nil }
        return text[..<place.lowerBound].split(whereSeparator: { !"0123456789.".contains($0) }).last.flatMap {
            Double($0)
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private static func shown(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// What this process has used so far.
private struct Usage {
    /// Seconds of CPU, user and system.
    var cpu: Double
    /// The largest resident set, in KiB.
    var peak: Int

    static var now: Usage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return Usage(cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), peak: usage.ru_maxrss)
    }
}
