import MailJSON
import Testing

/// The parser against RFC 8259, its own limits, and texts that end anywhere.
struct JSONParserTests {
    private static func parse(_ text: String, _ limits: JSONParser.Limits = .standard) throws(JSONSyntaxError)
        -> JSONValue
    {
        try JSONParser.parse(Array(text.utf8), limits: limits)
    }

    @Test(
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .integer(0)), ("-0", .integer(0)),
            ("-12", .integer(-12)), ("1.5", .number(1.5)), ("3.0", .number(3)), ("1e2", .number(100)),
            ("2E-1", .number(0.2)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("\"\"", ""), ("\"a\\n\\u00e9\\/\"", "a\né/"),
            ("\"\\ud83d\\ude00\"", "😀"), ("\"日本 ü\"", "日本 ü"), ("[]", []), ("[1, [2]]", [1, [2]]), ("{}", [:]),
            ("{\"b\":1,\"a\":{\"c\":null}}", ["b": 1, "a": ["c": .null]]), ("\t\r\n[ ]", []),
        ] as [(String, JSONValue)])
    func value(_ text: String, _ value: JSONValue) throws { #expect(try Self.parse(text) == value) }

    @Test func membersKeepTheirOrder() throws {
        guard case .object(let object) = try Self.parse("{\"z\":1,\"a\":2,\"m\":3}") else { throw Missing() }
        #expect(object.keys == ["z", "a", "m"])
        #expect(object["m"] == 3 && object["q"] == nil)
    }

    struct Missing: Error {}

    /// What is not JSON, the line of the complaint, and a piece of it.
    @Test(
        arguments: [
            ("", 1, "value"), ("\n\n", 3, "value"), ("nul", 1, "value"), ("[1,]", 1, "value"), ("{\"a\":1,}", 1, "key"),
            ("{\n\"a\": 1\n\"b\": 2}", 3, "comma"), ("[1 2]", 1, "comma"), ("{\"a\" 1}", 1, "colon"),
            ("{a:1}", 1, "key"),
            ("\"a", 1, "no end"), ("\"a\\", 1, "no end"), ("\"\\q\"", 1, "backslash"), ("\"\\u12\"", 1, "hexadecimal"),
            ("\"\\ud800\"", 1, "half a character"), ("\"\\udc00\"", 1, "half a character"),
            ("\"\\ud800\\u0041\"", 1, "half a character"), ("\"a\u{1}\"", 1, "control"), ("\"a\nb\"", 1, "control"),
            ("01", 1, "value"), ("1.", 1, "value"), (".5", 1, "value"), ("+1", 1, "value"), ("1e", 1, "value"),
            ("-", 1, "value"), ("NaN", 1, "value"), ("1e999", 1, "too large"), ("1 2", 1, "behind"),
            ("// a\n1", 1, "value"),
            ("{\"a\":1,\n\"b\":2,\n\"a\":3}", 3, "a stands here twice"),
        ] as [(String, Int, String)])
    func mistake(_ text: String, _ line: Int, _ reason: String) {
        #expect {
            _ = try Self.parse(text)
        } throws: { error in
            guard let error = error as? JSONSyntaxError else { return false }
            return error.line == line && error.reason.contains(reason)
        }
    }

    @Test func octetsThatAreNotUTF8AreRefused() {
        for octets: [UInt8] in [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0xEF, 0xBB, 0xBF, 0x31], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] {
            #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(octets) }
        }
    }

    @Test func aKeyIsFoundTwiceAmongHundreds() throws {
        let members = (0..<300).map { "\"k\($0)\":\($0)" }
        let object = try Self.parse("{" + members.joined(separator: ",") + "}")
        #expect(object["k299"] == 299)
        for twice in [0, 63, 64, 299] {
            let text = "{" + (members + ["\"k\(twice)\":0"]).joined(separator: ",") + "}"
            #expect(throws: JSONSyntaxError.self) { try Self.parse(text) }
        }
    }

    /// A text, the limit that it keeps exactly, and the one that it breaks by one.
    @Test(
        arguments: [
            ("[[[1]]]", .init(depth: 3), .init(depth: 2)), ("{\"a\":1,\"b\":2}", .init(members: 2), .init(members: 1)),
            ("[1,2,3]", .init(elements: 3), .init(elements: 2)), ("[1,2,3]", .init(octets: 7), .init(octets: 6)),
        ] as [(String, JSONParser.Limits, JSONParser.Limits)])
    func limit(_ text: String, _ kept: JSONParser.Limits, _ broken: JSONParser.Limits) throws {
        _ = try Self.parse(text, kept)
        #expect(throws: JSONSyntaxError.self) { try Self.parse(text, broken) }
    }

    @Test func depthCannotUseUpTheStack() {
        let deep = String(repeating: "[", count: 900_000)
        #expect(throws: JSONSyntaxError.self) { try Self.parse(deep) }
    }

    /// No beginning of a text but the whole is taken, wherever it is cut.
    @Test func aTextThatIsCutIsRefusedEverywhere() throws {
        let text = Array(
            "{\"a\\u00e9\\n\": [1.5e-3, true, false, null, {\"é\": \"😀\\ud83d\\ude00\"}], \"b\": \"\"}".utf8)
        _ = try JSONParser.parse(text)
        for length in text.indices {
            #expect(throws: JSONSyntaxError.self, "\(length)") { try JSONParser.parse(Array(text[..<length])) }
        }
    }

    @Test func everyOctetInEveryPlaceIsReadOrRefused() {
        let text = Array("{\"a\":[1.5,\"\\u0041\"]}".utf8)
        for place in text.indices {
            for octet in UInt8.min...UInt8.max {
                var changed = text
                changed[place] = octet
                _ = try? JSONParser.parse(changed)
            }
        }
    }

    @Test func whatNobodyPromisedIsNil() throws {
        let value = try Self.parse("{\"a\": null, \"n\": 3.0, \"h\": 0.5, \"t\": \"x\", \"l\": [1], \"f\": true}")
        #expect(value["a"] == nil && value["b"] == nil && value["t"]?["x"] == nil)
        #expect(value["n"]?.integer == 3 && value["h"]?.integer == nil && value["h"]?.number == 0.5)
        #expect(value["t"]?.text == "x" && value["n"]?.text == nil)
        #expect(value["l"]?.elements == [1] && value["f"]?.bool == true && value["n"]?.bool == nil)
    }
}
