import Foundation
import MailModel
import Testing

@testable import MailNetwork

/// A client against a real HTTPS server.
@Suite(
    .enabled(if: HTTPLab.isInstalled, "nginx or openssl is not installed: apt-get install nginx-light openssl"),
    .timeLimit(.minutes(3)))
struct HTTPServerTests {
    @Test("Responses come whole, whatever their status") func responses() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            let hello = try await client.send(lab.get("/hello?q=1"))
            #expect(hello.status == 200)
            #expect(hello.body == Array("hello".utf8))
            #expect(hello.header("x-answer") == "yes")
            #expect(hello.url == "https://good.test:\(lab.good)/hello?q=1")
            #expect(try await client.send(lab.get("/missing")).status == 404)
            #expect(try await client.send(lab.get("/empty")).body.isEmpty)
            var head = lab.get("/large")
            head.method = "HEAD"
            head.maximumResponseLength = 10
            #expect(try await client.send(head).header("content-length") == "1000000")
        }
    }

    @Test("A request goes out as it was given") func requests() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            let url = "https://GOOD.test.:\(lab.good)/echo"
            let body = Array("{\"a\":1}".utf8)
            let cases: [(HTTPRequest, String)] = [
                (
                    HTTPRequest(method: "POST", url: url, headers: [("Content-Type", "application/json")], body: body),
                    "POST|application/json|7||"
                ),
                (HTTPRequest(method: "POST", url: url), "POST||0||"),
                (HTTPRequest(method: "PUT", url: url, headers: [("Empty", "")], body: []), "PUT||0||"),
                (
                    HTTPRequest(method: "PATCH", url: url, body: [UInt8](repeating: 97, count: 100_000)),
                    "PATCH||100000||"
                ),
                (HTTPRequest(method: "DELETE", url: url), "DELETE||||"),
            ]
            for (request, answer) in cases {
                let response = try await client.send(request)
                #expect(String(decoding: response.body, as: UTF8.self) == answer)
            }
            let sent = try await client.send(
                HTTPRequest(method: "POST", url: "https://good.test:\(lab.good)/body", body: body))
            #expect(sent.header("x-body") == "{\"a\":1}")
            _ = try await client.send(lab.get("/cookie"))
            let agent = try await client.send(lab.get("/agent"))
            #expect(String(decoding: agent.body, as: UTF8.self) == "lab/1X-Evil: 1||good.test|")
        }
    }

    @Test("Redirects are followed as often as allowed, and no more") func redirects() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            #expect(try await client.send(lab.get("/one")).status == 302)
            let third = try await client.send(lab.get("/three", redirects: 3))
            #expect(third.url == "https://good.test:\(lab.good)/hello")
            for (path, count) in [("/three", 2), ("/loop", 5), ("/plain", 5), ("/file", 5)] {
                let failure = await #expect(throws: HTTPFailure.self) {
                    try await client.send(lab.get(path, redirects: count))
                }
                #expect(failure?.kind == .redirect)
                #expect(failure?.requestMayHaveLeft == true)
            }
            let nowhere = await #expect(throws: HTTPFailure.self) {
                try await client.send(lab.get("/nowhere", redirects: 1))
            }
            #expect(nowhere?.kind == .lookup)
            #expect(nowhere?.requestMayHaveLeft == true)
            var post = lab.get("/one", redirects: 3)
            (post.method, post.body) = ("POST", [1])
            #expect(try await client.send(post).status == 302)
        }
    }

    @Test("GETs share a connection; any other request has one of its own") func connections() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            func connection(_ method: String, body: [UInt8]? = nil) async throws -> String {
                var request = lab.get("/connection")
                (request.method, request.body) = (method, body)
                return String(decoding: try await client.send(request).body, as: UTF8.self)
            }
            let first = try await connection("GET")
            #expect(!first.isEmpty)
            #expect(try await connection("GET") == first)
            let others = [
                try await connection("POST", body: [1]), try await connection("POST", body: [1]),
                try await connection("DELETE"), try await connection("GET", body: [1]),
            ]
            #expect(Set(others + [first]).count == 5)
            #expect(try await connection("GET") == first)
        }
    }

    @Test("The file of trusted certificates is read once a client") func trustedOnce() async throws {
        try await HTTPLab.run { lab in
            let copy = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
            try FileManager.default.copyItem(atPath: lab.caFile, toPath: copy.path)
            let client = try lab.client(caFile: copy.path)
            var post = lab.get("/hello")
            post.method = "POST"
            _ = try await client.send(post)
            try FileManager.default.removeItem(at: copy)
            // Another connection, which verifies for itself.
            _ = try await client.send(post)
        }
    }

    @Test("Requests wait for their place; none comes: that is our limit, and no fact about the server")
    func budget() async throws {
        try await HTTPLab.run { lab in
            let budget = ConnectionBudget(connections: 2)
            let client = try lab.client(budget: budget)
            let answered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 { group.addTask { (try? await client.send(lab.get("/hello")))?.status == 200 } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answered == 30)
            #expect(budget.counters.mostOpen == 2 && budget.counters.open == 0 && client.counters.open == 0)
            let clock = RunClock(timeout: .milliseconds(100), patience: .zero)
            let places = [
                await budget.place(for: "a", until: RunClock(timeout: .seconds(9)).deadline),
                await budget.place(for: "a", until: RunClock(timeout: .seconds(9)).deadline),
            ]
            let failure = await #expect(throws: HTTPFailure.self) {
                try await client.view(for: clock).send(lab.get("/hello"))
            }
            #expect(failure?.kind == .ourLimit && failure?.requestMayHaveLeft == false)
            for place in places { place?.release() }
        }
    }

    @Test("A redirect to an address that the policy refuses is not followed there") func redirectPolicy() async throws {
        try await HTTPLab.run { lab in
            // The allowed server sends whoever asks to an address that is not.
            let client = try lab.client(policy: AddressPolicy { $0 == "127.0.0.1" })
            let failure = await #expect(throws: HTTPFailure.self) {
                try await client.send(lab.get("/private", redirects: 1))
            }
            #expect(failure?.kind == .connect && failure?.requestMayHaveLeft == true)
        }
    }

    @Test("Another server gets no field that may hold a secret") func secretFields() async throws {
        try await HTTPLab.run { lab in
            let client = try lab.client()
            for (path, answer) in [("/near", "key|text/xml"), ("/far", "|text/xml")] {
                var request = lab.get(path, redirects: 1)
                request.headers = [("X-Api-Key", "key"), ("Accept", "text/xml")]
                #expect(try await client.send(request).body == Array(answer.utf8))
            }
        }
    }

    @Test("Many requests at once are all answered; the look-ups go through our resolver") func many() async throws {
        try await HTTPLab.run { lab in
            try await DNSScriptedPeer.run { query in
                [query.answer(query.octets.contains(28) ? [] : [DNSWire.record(query.name, 1, [127, 0, 0, 1])])]
            } body: { peer in
                let client = try lab.client(resolver: CachingResolver(CAresResolver(server: peer.address)))
                let answered = await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<200 {
                        group.addTask { (try? await client.send(lab.get("/hello")))?.status == 200 }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(answered == 200)
                #expect(Set(peer.queries.map(\.name)) == ["good.test"])
            }
        }
    }
}
