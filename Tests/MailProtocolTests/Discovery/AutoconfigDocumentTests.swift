import MailModel
import MailProtocol
import Testing

/// What depends on the address and not on the document.
struct AutoconfigDocumentTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let host: String
        let username: String
        let address: String
        let facts: [String]
        var testDescription: String { "\(host) \(username) \(address)" }
    }

    @Test(arguments: [
        Case(
            host: "imap.%EMAILDOMAIN%", username: "%EMAILADDRESS%", address: "@example.org",
            facts: ["imap imap.example.org:993/tls -"]),
        Case(
            host: "imap.example.com", username: "%EMAILDOMAIN%", address: "@example.org",
            facts: ["imap imap.example.com:993/tls example.org"]),
        Case(
            host: "imap.example.com", username: "fixed", address: "@example.org",
            facts: ["imap imap.example.com:993/tls fixed"]),
        Case(
            host: "%EMAILLOCALPART%.example.com", username: "x", address: "@example.org",
            facts: ["drop imap address_needed %EMAILLOCALPART%.example.com"]),
        Case(
            host: "%EMAILLOCALPART%.example.com", username: "x", address: "a+b@example.org",
            facts: ["drop imap address_needed %EMAILLOCALPART%.example.com"]),
        Case(
            host: "%EMAILDOMAIN%", username: "%EMAILLOCALPART%", address: "j@bücher.example",
            facts: ["imap xn--bcher-kva.example:993/tls j"]),
        Case(
            host: "a.example", username: "%EMAILADDRESS%", address: "%EMAILDOMAIN%@example.org",
            facts: ["imap a.example:993/tls %EMAILDOMAIN%@example.org"]),
        Case(
            host: "a.example", username: "%EMAILADDRESS%", address: "jürgen@example.org",
            facts: ["imap a.example:993/tls jürgen@example.org"]),
    ])
    func placeholders(_ test: Case) throws {
        let document = try AutoconfigDocument(
            octets: Array(
                """
                <clientConfig><emailProvider><incomingServer type="imap"><hostname>\(test.host)</hostname><port>993</port>
                <socketType>SSL</socketType><username>\(test.username)</username></incomingServer></emailProvider></clientConfig>
                """.utf8))
        let address = try? EmailAddress(test.address)
        let domain = try DomainName(String(test.address.drop { $0 != "@" }.dropFirst()))
        #expect(DiscoveryFacts.lines(document.servers(of: domain), for: address) == test.facts)
    }

    @Test func sectionsBeyondTheLimitAreNotLookedAt() throws {
        let section =
            "<incomingServer type='imap'><hostname>a.example</hostname><port>993</port>"
            + "<socketType>SSL</socketType></incomingServer>"
        let text =
            "<clientConfig><emailProvider>" + String(repeating: section, count: 33)
            + "</emailProvider></clientConfig>"
        let domain = try DomainName("example.org")
        let servers = try AutoconfigDocument(octets: Array(text.utf8)).servers(of: domain)
        #expect(servers.usable(for: .imap).count == 32)
        #expect(servers.usable(for: .smtp).isEmpty)
        #expect(servers.dropped.isEmpty)
    }
}
