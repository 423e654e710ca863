import MailModel
import Testing

struct EmailAddressTests {
    @Test(arguments: [
        ("jane@example.com", "jane", "example.com"), (" Jane.Doe+x@Example.COM. ", "Jane.Doe+x", "example.com"),
        ("a@b", "a", "b"), ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~", "example.com"),
        ("jörg@bücher.example", "jörg", "xn--bcher-kva.example"), ("\"a b\"@example.com", "\"a b\"", "example.com"),
        ("\"a@b\"@example.com", "\"a@b\"", "example.com"), ("\"a\\\"b\"@example.com", "\"a\\\"b\"", "example.com"),
        ("\"a\\\\\"@example.com", "\"a\\\\\"", "example.com"),
    ])
    func addresses(_ text: String, _ localPart: String, _ domain: String) throws {
        let address = try EmailAddress(text)
        #expect(address.localPart == localPart)
        #expect(address.domain.description == domain)
        #expect(address.description == "\(localPart)@\(domain)")
    }

    @Test(arguments: [
        ("", AddressError.missingAt), ("jane", .missingAt), ("@example.com", .emptyLocalPart), ("jane@", .emptyDomain),
        ("jane@.", .emptyDomain), ("jane doe@example.com", .badLocalPart), (".jane@example.com", .badLocalPart),
        ("jane.@example.com", .badLocalPart), ("ja..ne@example.com", .badLocalPart), ("a@b@example.com", .badLocalPart),
        ("<jane@example.com>", .badLocalPart), ("Jane <jane@example.com>", .badLocalPart),
        ("a\"b@example.com", .badLocalPart), ("\"a\"b\"@example.com", .badLocalPart),
        ("\"\"@example.com", .badLocalPart),
        ("\"a\\\"@example.com", .badLocalPart), ("\"a\r\nb\"@example.com", .badLocalPart),
        ("jane\r\nRCPT@example.com", .badLocalPart), ("jane\0@example.com", .badLocalPart),
        ("jane\u{9B}31m@example.com", .badLocalPart), ("jane\u{202E}@example.com", .badLocalPart),
        ("jane@exa mple.com", .badLabel("exa mple")), ("jane@[192.0.2.1]", .badLabel("[192")),
        ("jane@example.com\n", .badLabel("com\n")),
    ])
    func otherTexts(_ text: String, _ error: AddressError) {
        #expect(throws: error) { try EmailAddress(text) }
    }

    @Test func lengths() throws {
        let longest = String(repeating: "a", count: 64)
        #expect(try EmailAddress("\(longest)@example.com").localPart == longest)
        #expect(throws: AddressError.localPartTooLong) { try EmailAddress("a\(longest)@example.com") }
        #expect(throws: AddressError.localPartTooLong) {
            try EmailAddress("\(String(repeating: "ä", count: 33))@example.com")
        }
    }

    @Test(arguments: [
        AddressError.missingAt, .emptyLocalPart, .localPartTooLong, .badLocalPart, .emptyDomain, .domainTooLong,
        .badLabel("a\u{1B}b"),
    ])
    func errorsAreSafeToPrint(_ error: AddressError) {
        #expect(!error.description.isEmpty)
        #expect(ServerText(error.description).escaped == error.description)
    }
}
