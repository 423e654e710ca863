import MailTestSupport
import Testing

/// Each faulty host has its one fault.
@Suite(.lab) struct LabFaultTests {
    /// The codes are those of OpenSSL's x509_vfy.h: 10 expired, 18 self-signed, 62 another host's name.
    @Test(arguments: [
        ("smtp.gmail.com", 0), ("mail.expired.test", 10), ("mail.selfsigned.test", 18), ("mail.wrongname.test", 62),
    ])
    func certificateForSMTP(host: String, code: Int) async throws {
        let said = try await LabDialogue(host: host).say(["EHLO lab.test"])
        #expect(said.contains("Verify return code: \(code) ("))
    }

    @Test(arguments: [
        ("imap.gmail.com", 0), ("mail.expired.test", 10), ("mail.selfsigned.test", 18), ("mail.wrongname.test", 62),
    ])
    func certificateForIMAP(host: String, code: Int) async throws {
        let said = try await LabDialogue(host: host, port: 993, startTLS: nil).say()
        #expect(said.contains("Verify return code: \(code) ("))
    }

    /// curl 64: TLS was required and is not to be had.
    @Test(arguments: ["smtp://mail.nostarttls.test:587", "imap://mail.nostarttls.test:143"])
    func noSTARTTLS(url: String) async throws {
        #expect(try await curl(url, ["--ssl-reqd"]).status == 64)
    }

    @Test func noAUTH() async throws {
        let host = LabDialogue(host: "mail.noauth.test")
        let said = try await host.say(["EHLO lab.test", "AUTH PLAIN AGEAYg=="])
        #expect(!said.contains("250-AUTH"))
        #expect(said.contains("\n503 5.5.1"))
    }

    @Test func authBeforeTLS() async throws {
        let offered = try await curl("smtp://mail.cleartext.test:587", ["--verbose", "--request", "NOOP"])
        #expect(offered.standardError.contains("< 250-AUTH"))
        #expect(offered.standardError.contains("< 250-STARTTLS"))
        let held = try await curl("smtp://mail.plain.test:587", ["--verbose", "--request", "NOOP"])
        #expect(!held.standardError.contains("< 250-AUTH"))
        #expect(held.standardError.contains("< 250-STARTTLS"))
    }

    @Test func oneLoginAnHour() async throws {
        let user = try await Lab.shared().users.ready(at: "limited.test")
        // From an address of its own, so that whoever else logs in there keeps the one login.
        let host = LabDialogue(host: "mail.limited.test", delay: 1)
        let first = try await host.say(["EHLO lab.test", LabDialogue.authPlain(user)])
        #expect(first.contains("\n235 "))
        let second = try await host.say(["EHLO lab.test", LabDialogue.authPlain(user)])
        #expect(second.contains("\n450 4.7.1"))
    }

    /// curl 7: refused; 28: no answer at all, neither on IPv4 nor on IPv6.
    @Test(arguments: [
        ("telnet://mail.shut.test:587", 7), ("telnet://mail.silent.test:587", 28),
        ("telnet://[2001:2:0:9::1]:587", 28),
    ])
    func closedDoors(url: String, status: Int32) async throws {
        #expect(try await curl(url, ["--connect-timeout", "1"]).status == status)
    }

    @Test func unansweredIPv6BesideIPv4() async throws {
        let both = try await curl("smtp://mail.sixfirst.test:587", ["--request", "NOOP", "--connect-timeout", "10"])
        #expect(both.status == 0)
    }

    private func curl(_ url: String, _ more: [String]) async throws -> LabResult {
        let lab = try await Lab.shared()
        return try await lab.client().run("curl", ["--silent", "--cacert", lab.caFile] + more + [url])
    }
}
