import Foundation
import MailModel
import Testing

@testable import MailNetwork

/// What can go wrong with a real HTTPS server, and whether the request may have left by then.
@Suite(
    .enabled(if: HTTPLab.isInstalled, "nginx or openssl is not installed: apt-get install nginx-light openssl"),
    .timeLimit(.minutes(3)))
struct HTTPFailureTests {
    /// Sends a request that must fail.
    private func fail(_ client: CurlHTTPClient, _ request: HTTPRequest) async -> HTTPFailure? {
        let failure = await #expect(throws: HTTPFailure.self) { try await client.send(request) }
        if let failure { #expect(!failure.detail.contains("hidden")) }
        return failure
    }

    @Test("Before the handshake has ended, nothing has left") func unsent() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            let refused = LoopbackPort.free()
            let cases: [(String, HTTPFailure.Kind)] = [
                ("https://wrong.test:\(lab.good)/hello", .tls), ("https://127.0.0.1:\(lab.good)/hello", .tls),
                ("https://good.test:\(lab.expired)/", .tls), ("https://good.test:\(lab.old)/", .tls),
                ("https://good.test:\(lab.plain)/", .tls), ("https://good.test:\(refused)/", .connect),
                ("https://none.test/", .lookup), ("http://good.test:\(lab.plain)/", .badURL),
                ("https://me:hidden@good.test:\(lab.good)/", .badURL), ("https:///", .badURL), ("", .badURL),
            ]
            for (url, kind) in cases {
                let query = url.hasSuffix("/") ? "?key=hidden" : ""
                let request = HTTPRequest(method: "POST", url: url + query, body: Array("hidden".utf8))
                let failure = await fail(client, request)
                #expect(failure?.kind == kind, "\(url)")
                #expect(failure?.requestMayHaveLeft == false, "\(url)")
            }
        }
    }

    @Test("A CA that is not trusted, or cannot be read") func untrusted() async throws {
        try await HTTPLab.run { lab in
            for file in [lab.strangerFile, "/nonexistent/ca.pem"] {
                let failure = await fail(try lab.client(caFile: file), lab.get("/hello"))
                #expect(failure?.kind == .tls)
                #expect(failure?.requestMayHaveLeft == false)
            }
            let system = try CurlHTTPClient(resolver: HTTPLab.Names(), caFile: nil, userAgent: "lab")
            #expect(await fail(system, lab.get("/hello"))?.kind == .tls)
        }
    }

    @Test("Time runs out: in the look-up, in the handshake, in the answer") func time() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            let short = Duration.milliseconds(200)
            let lookup = HTTPRequest(method: "GET", url: "https://slow.test/", timeout: short)
            let handshake = HTTPRequest(method: "GET", url: "https://good.test:\(lab.silent)/", timeout: short)
            for request in [lookup, handshake] {
                let failure = await fail(client, request)
                #expect(failure?.kind == .timedOut)
                #expect(failure?.requestMayHaveLeft == false)
            }
            var drip = lab.get("/drip", timeout: .seconds(4))
            drip.maximumResponseLength = 2_000_000
            let failure = await fail(client, drip)
            #expect(failure?.kind == .timedOut)
            #expect(failure?.requestMayHaveLeft == true)
        }
    }

    @Test("Too much, or nothing") func amounts() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            var large = lab.get("/large")
            large.maximumResponseLength = 1_000_000
            #expect(try await client.send(large).body.count == 1_000_000)
            large.maximumResponseLength = 999_999
            var none = lab.get("/hello")
            none.maximumResponseLength = -1
            let cases: [(HTTPRequest, HTTPFailure.Kind)] = [
                (large, .tooLarge), (none, .tooLarge), (lab.get("/fields"), .tooLarge),
                (lab.get("/closed?key=hidden"), .broken),
            ]
            for (request, kind) in cases {
                let failure = await fail(client, request)
                #expect(failure?.kind == kind)
                #expect(failure?.requestMayHaveLeft == true)
            }
        }
    }

    @Test("An address that the policy refuses is never connected to, whatever the host is called")
    func policy() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client(policy: AddressPolicy { $0 != "127.0.0.1" })
            for host in ["good.test", "127.0.0.1", "2130706433", "0x7f.1", "017700000001", "localhost"] {
                let failure = await fail(client, HTTPRequest(method: "GET", url: "https://\(host):\(lab.good)/"))
                #expect(failure?.requestMayHaveLeft == false)
                #expect(failure?.kind == .connect, "\(host)")
            }
        }
    }

    @Test("Cancelled in the handshake: nothing left; the sibling gets its answer") func cancelledEarly() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            let victim = Task { () async -> HTTPFailure? in
                await fail(client, HTTPRequest(method: "POST", url: "https://good.test:\(lab.silent)/", body: [1]))
            }
            // Its turn has surely come when one that was sent later is answered.
            #expect(try await client.send(lab.get("/hello")).status == 200)
            victim.cancel()
            let failure = await victim.value
            #expect(failure?.kind == .cancelled)
            #expect(failure?.requestMayHaveLeft == false)
            #expect(try await client.send(lab.get("/hello")).status == 200)
        }
    }

    @Test("Cancelled while the server thinks: the request may have left") func cancelledLate() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            let victim = Task { () async -> HTTPFailure? in await fail(client, lab.get("/hang", timeout: .seconds(600)))
            }
            // The server asks another one, which never answers: so it has read the request.
            var visitor = pollfd(fd: lab.silentListener, events: Int16(POLLIN), revents: 0)
            while poll(&visitor, 1, 0) == 0, !Task.isCancelled { await Task.yield() }
            victim.cancel()
            let failure = await victim.value
            #expect(failure?.kind == .cancelled)
            #expect(failure?.requestMayHaveLeft == true)
        }
    }
}
