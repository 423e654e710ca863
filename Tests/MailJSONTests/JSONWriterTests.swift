import MailJSON
import Testing

/// The JSON writer against RFC 8259, and against eyes.
struct JSONWriterTests {
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
        #expect(JSONValue.text(text).rendered(.compact) == written + "\n")
        #expect(try JSONParser.parse(Array(written.utf8)) == .text(text))
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (12, "12"), (12.3, "12.3"), (0.1, "0.1"), (-2.5, "-2.5"), (1e21, "1e+21"),
            (.infinity, "0"), (.nan, "0"),
        ] as [(Double, String)])
    func number(_ number: Double, _ written: String) throws {
        #expect(JSONValue.number(number).rendered(.compact) == written + "\n")
        _ = try JSONParser.parse(Array(written.utf8))
    }

    @Test func membersKeepTheirOrder() {
        let value: JSONValue = ["b": .list([.integer(1), .null]), "a": [:], "c": .list([]), "d": .bool(true)]
        #expect(value.rendered(.compact) == "{\"b\":[1,null],\"a\":{},\"c\":[],\"d\":true}\n")
        #expect(
            value.rendered(.indented) == """
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

    @Test func aPeerGetsOnlyWhatMustBeEscaped() {
        var writer = JSONWriter(.compact, escaping: .whatMustBe)
        writer.write(["a\"": .text("\u{202E}\u{7F}\u{0}\u{1F}\n/é")])
        #expect(String(decoding: writer.octets, as: UTF8.self) == "{\"a\\\"\":\"\u{202E}\u{7F}\\u0000\\u001f\\n/é\"}")
    }

    @Test func everyScalarComesBack() throws {
        for number in UInt32(0)...0x1_1000 {
            guard let scalar = Unicode.Scalar(number) else { continue }
            let value = JSONValue.text("a" + String(scalar))
            let written = value.rendered(.compact)
            guard try JSONParser.parse(Array(written.utf8)) == value else {
                Issue.record("\(number) is written as \(written)")
                continue
            }
        }
    }

    @Test func settingAMemberKeepsTheOrderAndNilTakesItAway() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        #expect(object.keys == ["a", "c"] && object.values == [3, 4])
    }
}
