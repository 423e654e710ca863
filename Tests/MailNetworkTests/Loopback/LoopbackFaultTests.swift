import MailLoopback
import MailNetwork
import Testing

/// The faults of dialogues, over real connections.
@Suite struct LoopbackFaultTests {
    private func server(_ text: String) throws -> MailPeer {
        MailPeer(script: try Dialogue(text), tls: nil)
    }

    @Test(
        arguments: [
            ("S-noeol: 220", Array("220".utf8)), ("S-base64: AP8N", [0, 255, 13]),
            ("S: \\x1b[31m\\0\\\\", Array("\u{1B}[31m\0\\\r\n".utf8)),
            ("! drip 0\nS: drop\nS: by", Array("drop\r\nby\r\n".utf8)),
            ("! pause 1\nS: late", Array("late\r\n".utf8)), ("S: a\n! inject b", Array("a\r\nb\r\n".utf8)),
            ("S: \\xe2\\x80\\xae", [0xE2, 0x80, 0xAE, 13, 10]), ("! close\nS: never", []),
        ] as [(String, [UInt8])])
    func octets(_ text: String, _ octets: [UInt8]) async throws {
        let rest = try await serving(try server(text)) { await (try LoopbackClient.connect($0)).rest() }
        #expect(rest.octets == octets)
        #expect(rest.end == .closed(reset: false))
    }

    @Test func reset() async throws {
        let rest = try await serving(try server("S: hi\nC: *\n! reset")) { port throws in
            let client = try await LoopbackClient.connect(port)
            _ = try await client.ask("x")
            return await client.rest()
        }
        #expect(rest.end == .closed(reset: true))
    }

    @Test func silenceKeepsTheConnection() async throws {
        let server = try server("S: hi\n! silence")
        try await serving(server) { port throws in
            let impatient = try await LoopbackClient.connect(port)
            #expect(try await impatient.ask("QUIT") == "hi")
            #expect(await impatient.rest(within: .milliseconds(50)).end == .timedOut)
            let patient = try await LoopbackClient.connect(port)
            #expect(try await patient.line() == "hi")
            await server.stop()
            #expect(await patient.rest().end == .closed(reset: false))
        }
    }

    @Test func floodIsWhole() async throws {
        let rest = try await serving(try server("! flood 20000 * OK still here")) {
            await (try LoopbackClient.connect($0)).rest()
        }
        #expect(rest.octets.count == 20_000 * "* OK still here\r\n".utf8.count)
    }

    @Test func anEndlessLineIsCutOff() async throws {
        let server = try server("S: hi\nC: *\nS: read")
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            _ = try await client.line()
            await client.say(String(repeating: "x", count: 70_000))
            #expect(await client.rest().octets == [])
        }
        #expect(server.received == [])
    }

    @Test func onlyLoopback() async throws {
        for address in ["0.0.0.0", "192.0.2.1", "localhost", "127.0.0.300", "::"] {
            let server = try server("S: hi")
            let error = await #expect(throws: LoopbackError.self) { try await server.start(address: address, port: 0) }
            #expect(error?.kind == .notLoopback)
        }
    }

    @Test func anotherLoopbackAddressAndAPortTwice() async throws {
        let first = try server("S: hi")
        let port = try await first.start(address: "127.77.250.9", port: 0)
        #expect(try await LoopbackClient.connect(port, address: "127.77.250.9").line() == "hi")
        let again = await #expect(throws: LoopbackError.self) { try await first.start() }
        #expect(again?.kind == .alreadyStarted)
        let second = try server("S: hi")
        let taken = await #expect(throws: LoopbackError.self) {
            try await second.start(address: "127.77.250.9", port: port)
        }
        #expect(taken?.kind == .cannotListen)
        await first.stop()
        await first.stop()
        await #expect(throws: LoopbackClient.NotConnected.self) {
            try await LoopbackClient.connect(port, address: "127.77.250.9")
        }
    }
}
