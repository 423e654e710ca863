import Foundation
import MailModel
import Testing

@testable import MailNetwork

/// A resolver against a real authoritative server, Knot DNS.
@Suite(
    .enabled(if: ChildServer.path(of: "knotd") != nil, "knotd is not installed: apt-get install knot"),
    .timeLimit(.minutes(2)))
struct DNSKnotTests {
    private static let longText = String(repeating: "k", count: 250)

    private static var zone: String {
        """
        $ORIGIN lab.test.
        $TTL 60
        @ SOA ns.lab.test. admin.lab.test. 1 3600 600 86400 60
        @ NS ns
        ns A 127.0.0.1
        @ MX 20 backup
        @ MX 10 Mail
        @ TXT "v=spf1 " "mx -all"
        mail A 192.0.2.25
        mail AAAA 2001:db8::25
        backup A 192.0.2.26
        www CNAME web
        web CNAME mail
        null MX 0 .
        _imaps._tcp SRV 0 1 993 mail
        _pop3._tcp SRV 0 0 0 .
        long TXT \((0..<10).map { "\"\($0)\(longText)\"" }.joined(separator: " "))
        """
    }

    private static let questions: [(String, DNSRecordType, DNSOutcome)] = [
        (
            "lab.test", .mx,
            .records([.mx(preference: 10, exchange: "mail.lab.test"), .mx(preference: 20, exchange: "backup.lab.test")])
        ),
        ("LAB.test.", .txt, .records([.txt("v=spf1 mx -all")])),
        ("mail.lab.test", .a, .records([.address("192.0.2.25")])),
        ("mail.lab.test", .aaaa, .records([.address("2001:db8::25")])),
        ("backup.lab.test", .aaaa, .noData), ("www.lab.test", .a, .records([.address("192.0.2.25")])),
        ("www.lab.test", .cname, .records([.cname("web.lab.test")])), ("www.lab.test", .mx, .noData),
        ("null.lab.test", .mx, .records([.mx(preference: 0, exchange: "")])),
        ("_imaps._tcp.lab.test", .srv, .records([.srv(priority: 0, weight: 1, port: 993, target: "mail.lab.test")])),
        ("_pop3._tcp.lab.test", .srv, .records([.srv(priority: 0, weight: 0, port: 0, target: "")])),
        ("none.lab.test", .a, .nameNotFound), ("elsewhere.test", .a, .refused),
        ("long.lab.test", .txt, .records([.txt((0..<10).map { "\($0)\(longText)" }.joined())])),
    ]

    @Test("Every type, every no it can give, and an answer too long for UDP") func answers() async throws {
        try await Self.withKnot { server in
            let resolver = try CAresResolver(server: server)
            for (name, type, outcome) in Self.questions {
                #expect(await resolver.resolve(name, type).outcome == outcome, "\(name) \(type)")
            }
        }
    }

    @Test("500 look-ups at once are all answered") func many() async throws {
        try await Self.withKnot { server in
            let resolver = try CAresResolver(server: server)
            let answered = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    let (name, type, outcome) = Self.questions[number % Self.questions.count]
                    group.addTask { await resolver.resolve(name, type).outcome == outcome }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answered == 500)
        }
    }

    private static func withKnot(_ body: (ResolverAddress) async throws -> Void) async throws {
        try await ChildServer.withFolder { folder in
            let port = LoopbackPort.free()
            let configuration = """
                server:
                    rundir: "\(folder.path)"
                    listen: "127.0.0.1@\(port)"
                    udp-workers: 1
                    tcp-workers: 1
                    background-workers: 1
                log:
                  - target: "stderr"
                    any: "warning"
                database:
                    storage: "\(folder.path)"
                zone:
                  - domain: "lab.test"
                    storage: "\(folder.path)"
                    file: "lab.test.zone"
                """
            let file = folder.appending(path: "knot.conf")
            try configuration.write(to: file, atomically: true, encoding: .utf8)
            try (zone + "\n").write(to: folder.appending(path: "lab.test.zone"), atomically: true, encoding: .utf8)
            try await ChildServer.run("knotd", ["-c", file.path], port: port, folder: folder) {
                try await body(ResolverAddress("127.0.0.1:\(port)"))
            }
        }
    }
}
