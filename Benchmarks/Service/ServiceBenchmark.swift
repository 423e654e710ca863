import Foundation
import MailLoopback
import MailTestSupport

/// Measures the service on loopback: requests a second, how soon the first event of a run comes while others are in flight, and
/// how much memory that takes.
///
/// ```
/// swift build -c release --product mailconnectd && swift run -c release ServiceBenchmark [REQUESTS]
/// ```
///
/// Client, service and peers share one machine: compare within one table only. Runs in flight wait for servers that accept and say
/// nothing, each at an address of its own.
@main
struct ServiceBenchmark {
    static func main() async throws {
        let requests = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 4_000 : 4_000
        let dns = DNSPeer(zone: [])
        let resolver = try await dns.start()
        let silent = try SilentServer(everywhere: true)
        silent.acceptAll()
        let service = try ServiceUnderTest(resolver: resolver)
        defer { service.stop() }
        print("what                              at once  requests/s")
        for (name, path, body) in [
            ("explain", "/v1/explain", #"{"text":"535 5.7.8 Username and Password not accepted."}"#),
            ("detect, a known domain", "/v1/detect", #"{"domain":"gmail.com","reach":"offline"}"#),
        ] {
            for width in [1, 16] {
                let rate = rate(requests, width, service.request(path, body), service.port)
                print("\(name.padded(34))\("\(width)".padded(9))\(Int(rate))")
            }
        }
        print("\nfirst event of doctor, in flight  p50 ms   p99 ms   memory MiB, peak MiB")
        var held: [BenchmarkConnection] = []
        for inFlight in [1, 100, 1_000] {
            while held.count < inFlight - 1 {
                let connection = try BenchmarkConnection(port: service.port)
                connection.send(service.stream(Self.doctor(held.count, silent.port)))
                guard connection.read(until: "event:") else { return print("a run was refused") }
                held.append(connection)
            }
            var times: [Double] = []
            for number in 0..<200 {
                let connection = try BenchmarkConnection(port: service.port)
                let begin = ContinuousClock.now
                connection.send(service.stream(Self.doctor(5_000 + number, silent.port)))
                guard connection.read(until: "event:") else { return print("a run was refused") }
                times.append((.now - begin) / .milliseconds(1))
            }
            times.sort()
            print(
                "\("\(inFlight)".padded(34))\(shown(times[100]).padded(9))\(shown(times[198]).padded(9))"
                    + "\(service.memory("VmRSS") / 1024), \(service.memory("VmHWM") / 1024)")
        }
        await dns.stop()
    }

    /// A run that waits at servers of its own address.
    private static func doctor(_ number: Int, _ port: Int) -> String {
        let host = "127.2.\(number / 250).\(number % 250 + 1)"
        let endpoint = #"{"host":"\#(host)","port":\#(port),"security":"tls"}"#
        return #"{"address":"a@d\#(number).test","smtp":\#(endpoint),"imap":\#(endpoint),"timeout_s":120}"#
    }

    private static func rate(_ count: Int, _ width: Int, _ request: String, _ port: Int) -> Double {
        let begin = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: width) { _ in
            guard let connection = try? BenchmarkConnection(port: port) else { return }
            for _ in 0..<(count / width) {
                connection.send(request)
                guard connection.readAnswer() else { return }
            }
        }
        return Double(count / width * width) / ((.now - begin) / .seconds(1))
    }

    private static func shown(_ number: Double) -> String { String(format: "%.1f", number) }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// The service as a process.
final class ServiceUnderTest {
    private let process = Process()
    private(set) var port = 0

    init(resolver: Int) throws {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = own.deletingLastPathComponent().appending(path: "mailconnectd")
        let folder = FileManager.default.temporaryDirectory.appending(path: "service-\(UUID().uuidString)").path
        process.arguments = [
            "--listen", "127.0.0.1:0", "--resolver", "127.0.0.1:\(resolver)", "--allow-private-addresses",
            "127.0.0.0/8", "--max-runs", "2000", "--max-runs-per-client", "2000", "--state-directory", folder,
            "--log-level", "error",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = line.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    }

    func stop() { process.terminate() }

    func request(_ path: String, _ body: String, _ more: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n\(more)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    func stream(_ body: String) -> String { request("/v1/doctor", body, "Accept: text/event-stream\r\n") }

    /// A line of `/proc/PID/status`, in KiB.
    func memory(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.split(separator: " ").dropLast().last ?? "") } ?? 0
    }
}
