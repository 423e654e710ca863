import Foundation
import MailTestSupport
import Testing

/// What the resolver knows: the answers that a tool has to tell apart.
@Suite(.lab) struct LabNameTests {
    @Test(arguments: [
        ("gmail.com", "MX", "5 gmail-smtp-in.l.google.com."), ("single.test", "MX", "1 smtp.google.com."),
        ("tenant.test", "MX", "0 tenant-test.k-v1.mx.microsoft."),
        ("classic.test", "MX", "0 classic-test.mail.protection.outlook.com."), ("nullmx.test", "MX", "0 ."),
        ("_submissions._tcp.hoster.test", "SRV", "0 1 465 mail.hoster.test."),
        ("_imaps._tcp.hoster.test", "SRV", "0 1 993 mail.hoster.test."), ("smtp.plain.test", "A", "198.18.1.6"),
        ("mail.sixfirst.test", "AAAA", "2001:2:0:9::1"), ("_submission._tcp.plain.test", "SRV", ""),
        ("autodiscover.tenant.test", "A", "autodiscover.outlook.com.\n198.18.1.8"),
        ("tcponly.test", "MX", "10 mx.hoster.test."), ("api.coldsend.pro", "A", "198.18.1.9"),
    ])
    func record(name: String, type: String, data: String) async throws {
        let answer = try await Lab.shared().client().run("kdig", ["+short", type, name])
        #expect(answer.standardOutput.trimmingCharacters(in: .newlines) == data)
    }

    @Test func fiveHostsOfGoogle() async throws {
        let answer = try await Lab.shared().client().run("kdig", ["+short", "MX", "customer.test"])
        let hosts = answer.standardOutput.split(separator: "\n")
        #expect(hosts.count == 5)
        #expect(hosts.contains("1 aspmx.l.google.com."))
    }

    @Test(arguments: [
        ("gone.test", "NXDOMAIN"), ("nomail.test", "NOERROR"), ("refused.test", "REFUSED"),
        ("servfail.test", "SERVFAIL"), ("loop.test", "NOERROR"), ("example.com", "NXDOMAIN"),
    ])
    func status(name: String, code: String) async throws {
        let answer = try await Lab.shared().client().run("kdig", ["MX", name])
        #expect(answer.standardOutput.contains("status: \(code);"))
    }

    @Test func tcpOnlyZoneIsTruncatedOverUDP() async throws {
        let answer = try await Lab.shared().client().run("kdig", ["+ignore", "MX", "tcponly.test"])
        #expect(answer.standardOutput.contains("Flags: qr tc"))
        #expect(answer.standardOutput.contains("ANSWER: 0"))
    }

    /// Programs without options of their own for it find the resolver in /etc/resolv.conf.
    @Test func systemResolver() async throws {
        let answer = try await Lab.shared().client().run("getent", ["ahostsv4", "smtp.gmail.com"])
        #expect(answer.standardOutput.hasPrefix("198.18.1.1 "))
    }
}
