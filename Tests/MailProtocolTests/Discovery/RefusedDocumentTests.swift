import MailModel
import MailProtocol
import Testing

/// Documents that are none, or that somebody made to do harm.
struct RefusedDocumentTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let octets: [UInt8]
        let error: DiscoveryError
        let kinds: [DiscoveryFixture.Kind]
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ error: DiscoveryError, kinds: [DiscoveryFixture.Kind] = Self.xml) {
            self.init(name, octets: Array(text.utf8), error, kinds: kinds)
        }

        init(_ name: String, octets: [UInt8], _ error: DiscoveryError, kinds: [DiscoveryFixture.Kind] = Self.xml) {
            self.name = name
            self.octets = octets
            self.error = error
            self.kinds = kinds
        }

        static let xml: [DiscoveryFixture.Kind] = [.autoconfig, .autodiscover]
        static let every = DiscoveryFixture.Kind.allCases
    }

    private static let empty = [
        Case("nothing", "", .empty, kinds: Case.every),
        Case("blanks", " \r\n\t\n", .empty, kinds: Case.every),
        Case("byte order mark only", octets: [0xEF, 0xBB, 0xBF], .empty, kinds: Case.every),
        Case("UTF-16 mark only", octets: [0xFF, 0xFE], .empty, kinds: Case.every),
    ]

    private static let foreign = [
        Case("HTML 5", "<!DOCTYPE html>\n<html><body>404</body></html>", .notThisDocument(.html), kinds: Case.every),
        Case("doctype in small letters", "<!doctype html><title>x", .notThisDocument(.html), kinds: Case.every),
        Case(
            "XHTML",
            #"<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0" "http://www.w3.org/x.dtd"><html/>"#,
            .notThisDocument(.html), kinds: Case.every),
        Case("page without doctype", "\n\n<html lang=en><p>no", .notThisDocument(.html), kinds: Case.every),
        Case(
            "page behind a comment", "<!-- cache hit -->\n<!DOCTYPE HTML>", .notThisDocument(.html), kinds: Case.every),
        Case("page from the head on", "<head><title>x</title>", .notThisDocument(.html), kinds: Case.every),
        Case("script alone", "<script>location='/'</script>", .notThisDocument(.html), kinds: Case.every),
        Case(
            "page in an encoding not told", octets: Array("<html>caf".utf8) + [0xE9, 0x3C], .notThisDocument(.html),
            kinds: Case.every),
        Case("prefixed page", "<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>", .notThisDocument(.html)),
        Case("text", "Not found\n", .notThisDocument(.other), kinds: Case.every),
        Case("JSON in place of XML", #"{"error": "not found"}"#, .notThisDocument(.other), kinds: Case.every),
        Case("other XML", "<Error><Code>AccessDenied</Code></Error>", .notThisDocument(.other), kinds: Case.every),
        Case("other XML that is broken", "<Error><Code>", .notThisDocument(.other), kinds: Case.every),
        Case("JSON array", "[1, 2]", .notThisDocument(.other), kinds: Case.every),
        Case("autoconfig for PACC", "<clientConfig/>", .notThisDocument(.other), kinds: [.pacc]),
        Case("autoconfig for Autodiscover", "<clientConfig/>", .notThisDocument(.other), kinds: [.autodiscover]),
        Case("Autodiscover for autoconfig", "<Autodiscover/>", .notThisDocument(.other), kinds: [.autoconfig]),
        Case("not UTF-8", octets: [0xC3, 0x28, 0x80], .notThisDocument(.other), kinds: Case.every),
    ]

    private static let forbidden = [
        Case("entity bomb", Self.bomb, .forbidden),
        Case(
            "external entity", #"<!DOCTYPE clientConfig [<!ENTITY x SYSTEM "file:///etc/passwd">]><clientConfig>&x;"#,
            .forbidden),
        Case("external subset", #"<!DOCTYPE clientConfig SYSTEM "http://192.0.2.1/x.dtd"><clientConfig/>"#, .forbidden),
        Case(
            "parameter entity", #"<!DOCTYPE c [<!ENTITY % p SYSTEM "http://192.0.2.1/">%p;]><clientConfig/>"#,
            .forbidden),
        Case("harmless doctype", "<!DOCTYPE clientConfig><clientConfig/>", .forbidden),
        Case("entity declaration alone", "<!ENTITY x 'y'><clientConfig/>", .forbidden),
        Case("behind a comment", "<?xml version='1.0'?><!-- --> <?pi?><!DOCTYPE c []><clientConfig/>", .forbidden),
        Case("in UTF-16", octets: utf16("<!DOCTYPE c [<!ENTITY x 'y'>]><clientConfig/>"), .forbidden),
        Case("doctype behind", both { "<\($0)/><!DOCTYPE \($0) [<!ENTITY x 'y'>]>" }, .forbidden),
        Case("doctype inside", both { "<\($0)><!DOCTYPE x [<!ENTITY x 'y'>]></\($0)>" }, .forbidden),
        Case("combining mark", "<!\u{301}DOCTYPE c []><clientConfig/>", .forbidden),
    ]

    private static let large = [
        Case("257 KiB", octets: Array(repeating: 0x20, count: 256 * 1024 + 1), .tooLarge, kinds: Case.every),
        Case("deep clientConfig", both { "<\($0)>" + String(repeating: "<a>", count: 40_000) }, .tooLarge),
        Case("wide", both { "<\($0)>" + String(repeating: "<a/>", count: 2001) + "</\($0)>" }, .tooLarge),
        Case("long text", both { "<\($0)>" + String(repeating: "x", count: 16_385) + "</\($0)>" }, .tooLarge),
        Case(
            "long CDATA", both { "<\($0)><![CDATA[" + String(repeating: "x", count: 16_385) + "]]></\($0)>" }, .tooLarge
        ),
        Case("long attribute", both { "<\($0) a='" + String(repeating: "x", count: 16_385) + "'/>" }, .tooLarge),
    ]

    private static let malformed = [
        Case("cut", both { "<\($0)><a>" }, .malformed),
        Case("crossed", both { "<\($0)><a><b></a></b></\($0)>" }, .malformed),
        Case("two roots", both { "<\($0)/><\($0)/>" }, .malformed),
        Case("text behind", both { "<\($0)/>text" }, .malformed),
        Case("doctype put together", "<<!-- -->!DOCTYPE c [<!-- --><!ENTITY x 'y'>]><clientConfig/>", .malformed),
        Case("declaration put together", both { "<\($0)><<!-- -->!ENTITY x 'y'></\($0)>" }, .malformed),
        Case("instruction put together", both { "<\($0)><<?x?>?x?></\($0)>" }, .malformed),
        Case("instruction without end", both { "<\($0)><?x</\($0)>" }, .malformed),
        Case("CDATA without end", both { "<\($0)><![CDATA[x</\($0)>" }, .malformed),
        Case("CDATA behind", both { "<\($0)/><![CDATA[x]]>" }, .malformed),
        Case("entity of HTML", both { "<\($0)>&nbsp;</\($0)>" }, .malformed),
        Case("bare ampersand", both { "<\($0)>a & b</\($0)>" }, .malformed),
        Case("attribute twice", both { "<\($0) a='1' a='2'/>" }, .malformed),
        Case("attribute without quotes", both { "<\($0) a=1/>" }, .malformed),
        Case("NUL", both { "<\($0)>\0</\($0)>" }, .malformed),
        Case("reference to NUL", both { "<\($0)>&#0;</\($0)>" }, .malformed),
        Case("control character", both { "<\($0)>\u{1}</\($0)>" }, .malformed),
        Case("comment without end", "<!-- <clientConfig/>", .malformed),
        Case("declaration without end", "<?xml version='1.0'", .malformed),
        Case("declaration alone", "<?xml version='1.0'?>\n", .malformed),
        Case("unknown encoding", "<?xml version='1.0' encoding='ebcdic'?><clientConfig/>", .malformed),
        Case("half a UTF-16 unit", octets: utf16("<clientConfig/>") + [0x20], .malformed),
        Case("broken JSON", #"{"protocols": {"imap": {"host": "imap.example.com"}"#, .malformed, kinds: [.pacc]),
        Case("deep JSON", #"{"protocols":"# + String(repeating: "{\"a\":", count: 40_000), .malformed, kinds: [.pacc]),
        Case("wrong types", #"{"protocols": {"imap": "imap.example.com"}}"#, .malformed, kinds: [.pacc]),
        Case("half a surrogate", #"{"protocols": {"imap": {"host": "\ud800"}}}"#, .malformed, kinds: [.pacc]),
    ]

    private static let bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE clientConfig [<!ENTITY a0 'ha'>"
        + (1...20).map { "<!ENTITY a\($0) '&a\($0 - 1);&a\($0 - 1);'>" }.joined()
        + "]><clientConfig>&a20;</clientConfig>"

    /// A document for both kinds: the test puts in the root's name that the kind asks for.
    private static func both(_ make: (String) -> String) -> String { make("ROOT") }

    private static func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

    @Test(arguments: empty + foreign + forbidden + large + malformed)
    func refused(_ refused: Case) {
        for kind in refused.kinds {
            let root = kind == .autoconfig ? "clientConfig" : "Autodiscover"
            let isTemplate = refused.octets.starts(with: "<ROOT".utf8)
            let octets =
                isTemplate
                ? Array(String(decoding: refused.octets, as: UTF8.self).replacing("ROOT", with: root).utf8)
                : refused.octets
            #expect(throws: refused.error, "\(kind)") { try DiscoveryFacts.read(octets, as: kind) }
        }
    }

    @Test func errorsHaveNames() {
        let errors: [DiscoveryError] = [
            .empty, .tooLarge, .notThisDocument(.html), .notThisDocument(.other), .malformed, .forbidden,
        ]
        #expect(
            errors.map(\.id) == [
                "empty", "too_large", "not_this_document_html", "not_this_document_other", "malformed", "forbidden",
            ])
    }
}
