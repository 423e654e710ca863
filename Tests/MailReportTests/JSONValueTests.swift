import MailReport
import Testing

/// The JSON writer against RFC 8259, and against eyes.
struct JSONValueTests {
    @Test(arguments: [
        ("plain", "\"plain\""),
        ("\"\\", "\"\\\"\\\\\""),
        ("\n\r\t", "\"\\n\\r\\t\""),
        ("\r\n", "\"\\r\\n\""),
        ("\u{0}\u{1B}\u{1F}", "\"\\u0000\\u001b\\u001f\""),
        ("\u{7F}\u{85}\u{9B}", "\"\\u007f\\u0085\\u009b\""),
        ("\u{2028}\u{2029}\u{202E}\u{FEFF}", "\"\\u2028\\u2029\\u202e\\ufeff\""),
        ("\u{E0041}", "\"\\udb40\\udc41\""),
        ("日本 ü 😀 /", "\"日本 ü 😀 /\""),
    ])
    func text(_ text: String, _ written: String) throws {
        #expect(JSONValue.text(text).rendered(pretty: false) == written + "\n")
        #expect(try ParsedJSON(written) == .text(text))
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (12, "12"), (12.3, "12.3"), (0.1, "0.1"), (-2.5, "-2.5"), (1e21, "1e+21"),
            (.infinity, "0"), (.nan, "0"),
        ] as [(Double, String)])
    func number(_ number: Double, _ written: String) throws {
        #expect(JSONValue.number(number).rendered(pretty: false) == written + "\n")
        _ = try ParsedJSON(written)
    }

    @Test func membersKeepTheirOrder() {
        let value: JSONValue = ["b": .list([.integer(1), .null]), "a": [:], "c": .list([]), "d": .flag(true)]
        #expect(value.rendered(pretty: false) == "{\"b\":[1,null],\"a\":{},\"c\":[],\"d\":true}\n")
        #expect(
            value.rendered(pretty: true) == """
                {
                  "b": [
                    1,
                    null
                  ],
                  "a": {},
                  "c": [],
                  "d": true
                }

                """)
    }
}
