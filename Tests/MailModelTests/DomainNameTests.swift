import MailModel
import Testing

struct DomainNameTests {
    @Test(arguments: [
        ("example.com", "example.com"), ("EXAMPLE.Com.", "example.com"), (" example.com ", "example.com"),
        ("localhost", "localhost"), ("_dmarc.example.com", "_dmarc.example.com"), ("1.example", "1.example"),
        ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.Example", "xn--bcher-kva.example"),
        ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("mail.bücher.example.", "mail.xn--bcher-kva.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
    ])
    func names(_ text: String, _ expected: String) throws { #expect(try DomainName(text).description == expected) }

    @Test(arguments: [
        ("", AddressError.emptyDomain), (" ", .emptyDomain), (".", .emptyDomain), ("a..b", .badLabel("")),
        (".a", .badLabel("")), ("a..", .badLabel("")), ("-a.b", .badLabel("-a")), ("a-.b", .badLabel("a-")),
        ("a b.c", .badLabel("a b")), ("a\nb", .badLabel("a\nb")), ("[192.0.2.1]", .badLabel("[192")),
        ("a@b", .badLabel("a@b")), ("a/b", .badLabel("a/b")), ("a:25", .badLabel("a:25")),
        ("a%20b", .badLabel("a%20b")),
    ])
    func otherTexts(_ text: String, _ error: AddressError) {
        #expect(throws: error) { try DomainName(text) }
    }

    /// What `inet_aton` takes for an address is no domain, however it is written.
    @Test(arguments: [
        "127.0.0.1", "127.1", "0x7f.1", "0x7F000001", "2130706433", "017700000001", "192.0.2.1.", "example.1",
        "example.0x", "mail.0xdead", "１２７.0.0.1",
    ])
    func addressesAreNoDomains(_ text: String) {
        let error = #expect(throws: AddressError.self) { try DomainName(text) }
        guard case .ipAddress? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(throws: AddressError.self) { try EmailAddress("jane@\(text)") }
    }

    @Test(arguments: ["1.example", "0x.example", "1and1.com", "example.0xg", "127.0.0.1.example", "3com"])
    func numbersElsewhereAreFine(_ text: String) throws { #expect(try DomainName(text).description == text) }

    @Test(arguments: ["ü/evil", "ü:25", "ü@evil", "ü?q", "ü#f", "ü b", "ü\u{202E}", "ü\0", "ü%2e", "ü\\evil"])
    func internationalNamesSmuggleNothing(_ text: String) {
        #expect(throws: AddressError.self) { try DomainName(text) }
    }

    @Test func lengths() throws {
        let label = String(repeating: "a", count: 63)
        #expect(try DomainName("\(label).b").labels.count == 2)
        #expect(throws: AddressError.badLabel(label + "a")) { try DomainName("\(label)a.b") }
        let name = [label, label, label, String(repeating: "a", count: 61)].joined(separator: ".")
        #expect(try DomainName(name).description.utf8.count == 253)
        #expect(throws: AddressError.domainTooLong) { try DomainName(name + "a") }
    }

    @Test(arguments: [
        ("mail.example.com", "example.com", true), ("example.com", "example.com", true),
        ("badexample.com", "example.com", false), ("example.com", "mail.example.com", false),
    ])
    func ancestors(_ name: String, _ ancestor: String, _ expected: Bool) throws {
        #expect(try DomainName(name).isEqualOrBelow(ancestor) == expected)
    }
}
