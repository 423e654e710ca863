import Testing

@testable import MailNetwork

/// The parts of the client that need no server.
@Suite struct HTTPValueTests {
    @Test(
        "URLs that can be used, and how they are read",
        arguments: [
            ("https://Example.TEST", "https://example.test/", "example.test", UInt16(443)),
            ("https://example.test.:8443/a?b=c#d", "https://example.test:8443/a?b=c", "example.test", 8443),
            ("HTTPS://192.0.2.1/", "https://192.0.2.1/", "192.0.2.1", 443),
            ("https://[2001:DB8:0::1]:444/", "https://[2001:db8::1]:444/", "2001:db8::1", 444),
            ("https://3221225985/", "https://192.0.2.1/", "192.0.2.1", 443),
            ("https://xn--bcher-kva.test/", "https://xn--bcher-kva.test/", "xn--bcher-kva.test", 443),
        ])
    func url(text: String, whole: String, host: String, port: UInt16) throws {
        let url = try HTTPURL(text)
        #expect(url.text == whole)
        #expect(url.host == host)
        #expect(url.port == port)
    }

    @Test(
        "URLs that cannot be used",
        arguments: [
            "", "example.test", "/path", "http://example.test/", "ftp://example.test/", "file:///etc/hosts",
            "https://", "https://user@example.test/", "https://user:secret@example.test/", "https://a b.test/",
            "https://b\u{FC}cher.test/", "https://example.test:0x1/", "https://example.test:65536/",
            "https://[fe80::1%25lo]/", "https://[::1/", "https://-a.test/", "https://a..test/", "https://a\r\nb.test/",
            "https://a%0d.test/", "https://a.test/" + String(repeating: "a", count: 8_000),
        ])
    func badURL(text: String) {
        let failure = #expect(throws: HTTPFailure.self) { try HTTPURL(text) }
        #expect(failure?.kind == .badURL)
        #expect(failure?.requestMayHaveLeft == false)
        #expect(failure?.detail.contains("secret") == false)
    }

    @Test(
        "Where a redirect leads",
        arguments: [
            ("/x", "https://a.test:8443/x"), ("x?y", "https://a.test:8443/b/x?y"), ("//c.test/x", "https://c.test/x"),
            ("https://c.test", "https://c.test/"), ("/\u{FC}", "https://a.test:8443/%c3%bc"),
        ])
    func resolving(location: String, target: String) throws {
        #expect(try HTTPURL("https://a.test:8443/b/c?d").resolving(location).text == target)
    }

    @Test(
        "Requests that would write something else than they say",
        arguments: [
            ("GET /x", "A", "b"), ("", "A", "b"), ("GET", "", "b"), ("GET", "A b", "c"), ("GET", "A:", "c"),
            ("GET", "A", "secret\r\nB: c"), ("GET", "A", "secret\0"), ("GET", "A", "secret\n"),
        ])
    func unsendable(method: String, name: String, value: String) {
        let request = HTTPRequest(method: method, url: "https://a.test/", headers: [(name, value)])
        let failure = #expect(throws: HTTPFailure.self) { try request.check() }
        #expect(failure?.requestMayHaveLeft == false)
        #expect(failure?.detail.contains("secret") == false)
    }

    @Test("A header is read up to a limit, and an interim response is forgotten") func header() {
        var reader = HTTPResponseReader(maximumBodyLength: 3)
        for line in ["HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A:  b c \r\n"] {
            let isTaken = reader.take(headerLine: Array(line.utf8))
            #expect(isTaken)
        }
        #expect(reader.headers.map(\.name) == ["a"])
        #expect(reader.headers.map(\.value) == ["b c"])
        let takesAllowed = reader.take(body: [1, 2, 3])
        #expect(takesAllowed && reader.excess == nil)
        let takesMore = reader.take(body: [4])
        #expect(!takesMore)
        #expect(reader.excess != nil)
        var long = HTTPResponseReader(maximumBodyLength: 0)
        let line = [UInt8](repeating: 65, count: HTTPResponseReader.maximumHeaderLength + 1)
        let takesLong = long.take(headerLine: line)
        #expect(!takesLong)
        #expect(long.excess != nil)
    }

    @Test(
        "Durations for C",
        arguments: [
            (Duration.zero, Int32(0)), (.seconds(-5), 0), (.nanoseconds(1), 1), (.milliseconds(1500), 1500),
            (.seconds(Int64.max), .max), (.microseconds(1001), 2),
        ])
    func milliseconds(duration: Duration, expected: Int32) {
        #expect(duration.roundedUpMilliseconds == expected)
    }
}
