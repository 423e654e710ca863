import Foundation
import MailJSON
import Testing

/// A description writes, reads and makes the schema of one and the same thing.
struct JSONDescriptionTests {
    enum Colour: String, CaseIterable, Sendable { case red, green }

    struct Part: Hashable, Sendable {
        var name: String
        var colour: Colour?
        static let json = JSONDescription<Part>.object(
            Part.init, .field("name", \.name, .filledText, "Its name."),
            .field("colour", \.colour, .optional(.word("a colour")), "Its colour, null when not known."))
    }

    enum Shape: Hashable, Sendable {
        case point, circle(Int), part(Part), pair(Bool, String?)

        static let json = JSONDescription<Shape>.union("a shape", [Case.point, Case.circle, Case.part, Case.pair]) {
            switch $0 {
            case .point: Case.point()
            case .circle(let radius): Case.circle(radius)
            case .part(let value): Case.part(value)
            case .pair(let flag, let text): Case.pair(flag, text)
            }
        }

        private enum Case {
            static let point = JSONCase("point") { Shape.point }
            static let circle = JSONCase(
                "circle", Shape.circle, .payload("radius", .integer(in: 1...9), "How large."))
            static let part = JSONCase("part", Shape.part, .members(Part.json))
            static let pair = JSONCase(
                "pair", Shape.pair, .payload("flag", .bool, "A flag."), .payload("text", .optional(.text), "A text."))
        }
    }

    struct Whole: Hashable, Sendable {
        var id: String
        var parts: [Part]
        var shape: Shape
        var inner: Part
        var count: Int
        var table: [String: Int]
        static let json = JSONDescription<Whole>.object(
            Whole.init, .field("id", \.id, .text, "The id."), .field("parts", \.parts, .list(Part.json), "Parts."),
            .field("shape", \.shape, Shape.json, "A shape."), .inline(\.inner, Part.json),
            .field("count", \.count, .integer(atLeast: 0), missing: 7, "How many."),
            .field("table", \.table, .dictionary(.integer), "Numbers."),
            derived: [
                .derived("size", .integer, "How many parts.") { $0.parts.count }, .constant("v", 1, "The format."),
            ],
            order: ["v", "id", "size"], about: "All of it.")
    }

    static let whole = Whole(
        id: "w", parts: [Part(name: "a", colour: .red), Part(name: "b", colour: nil)], shape: .circle(3),
        inner: Part(name: "i", colour: .green), count: 2, table: ["z": 1, "b": 2])

    @Test func whatIsWrittenIsReadAndStandsInTheOrderAskedFor() throws {
        let text = Whole.json.write(Self.whole).rendered(.compact)
        #expect(
            text == """
                {"v":1,"id":"w","size":2,"parts":[{"name":"a","colour":"red"},{"name":"b","colour":null}],\
                "shape":{"kind":"circle","radius":3},"name":"i","colour":"green","count":2,"table":{"b":2,"z":1}}

                """)
        #expect(try Whole.json.read(octets: Array(text.utf8)) == Self.whole)
    }

    @Test(arguments: [
        Shape.point, .circle(9), .part(Part(name: "p", colour: .red)), .pair(true, nil), .pair(false, "x"),
    ])
    func everyCaseComesBack(_ shape: Shape) throws {
        #expect(try Shape.json.read(Shape.json.write(shape)) == shape)
        #expect(try Shape.json.read(Shape.json.write(shape), .strict) == shape)
    }

    /// A change to the text, how much is taken, and what is told.
    @Test(
        arguments: [
            ("\"radius\":3", "\"radius\":\"3\"", .tolerant, "shape.radius: a number must stand here"),
            ("\"radius\":3", "\"radius\":3.5", .tolerant, "shape.radius: a whole number must stand here"),
            ("\"radius\":3", "\"radius\":10", .tolerant, "shape.radius: 10 is not within 1 and 9"),
            ("\"radius\":3", "\"r\":3", .tolerant, "shape.radius: this key is missing"),
            (
                "\"kind\":\"circle\"", "\"kind\":\"oval\"", .tolerant,
                "shape.kind: \"oval\" is not a shape that this version knows"
            ),
            ("\"red\"", "\"blue\"", .tolerant, "parts[0].colour: \"blue\" is not a colour"),
            ("\"red\"", "\"blue\"", .strict, "parts[0].colour: \"blue\" is not a colour: it must be one of red, green"),
            ("\"name\":\"b\"", "\"name\":\" \"", .tolerant, "parts[1].name: it is empty"),
            ("\"name\":\"b\"", "\"name\":null", .tolerant, "parts[1].name: this key is missing"),
            ("\"parts\":[", "\"parts\":{},\"p\":[", .tolerant, "parts: a list must stand here"),
            ("\"z\":1", "\"z\":true", .tolerant, "table.z: a number must stand here"),
            ("\"id\":\"w\",", "", .strict, "id: this key is missing"),
            ("\"name\":\"a\"", "\"name\":\"a\",\"x\":1", .strict, "parts[0].x: this key is not known"),
            ("\"name\":\"b\",\"colour\":null", "\"name\":\"b\"", .strict, "parts[1].colour: this key is missing"),
            ("\"radius\":3", "\"radius\":3,\"x\":1", .strict, "shape.x: this key is not known"),
        ] as [(String, String, JSONReading, String)])
    func aMistakeNamesItsPlace(_ old: String, _ new: String, _ mode: JSONReading, _ told: String) {
        let text = Whole.json.write(Self.whole).rendered(.compact).replacing(old, with: new)
        #expect {
            _ = try Whole.json.read(octets: Array(text.utf8), mode)
        } throws: { "\($0)" == told }
    }

    @Test func whatIsNotKnownIsPassedOverAndWhatIsMissingHasItsDefault() throws {
        var text = Whole.json.write(Self.whole).rendered(.compact)
        text = text.replacing("\"count\":2", with: "\"later\":{}").replacing(
            "\"name\":\"b\",\"colour\":null", with: "\"name\":\"b\"")
        var expected = Self.whole
        expected.count = 7
        #expect(try Whole.json.read(octets: Array(text.utf8)) == expected)
    }

    @Test func aMistakeKnowsItsLine() {
        let text = Whole.json.write(Self.whole).rendered().replacing("\"colour\": null", with: "\"colour\": 1")
        let line = 1 + text[..<(text.range(of: "\"colour\": 1")?.lowerBound ?? text.startIndex)].count { $0 == "\n" }
        #expect {
            _ = try Whole.json.read(octets: Array(text.utf8))
        } throws: { ($0 as? JSONMistake)?.line == line }
        #expect {
            _ = try Whole.json.read(octets: Array("{\n\n]".utf8))
        } throws: { ($0 as? JSONMistake)?.line == 3 && ($0 as? JSONMistake)?.kind == .syntax }
    }

    @Test func aCaseOfALaterVersionCanBeReadAsNothing() throws {
        let description = JSONDescription<Shape?>.known(Shape.json)
        #expect(try description.read(["kind": "oval"]) == nil)
        #expect(try description.read(["kind": "point"]) == .point)
        #expect(throws: JSONMistake.self) { try description.read(["kind": "circle"]) }
    }

    @Test func theSchemaSaysTheSame() throws {
        let schema = JSONSchema.document(of: Whole.json, title: "t", about: "a", isClosed: true)
        #expect(schema["required"] == ["v", "id", "size", "parts", "shape", "name", "colour", "table"].sortedAsWritten)
        #expect(schema["properties"]?["v"] == ["description": "The format.", "const": 1])
        #expect(schema["properties"]?["count"]?["minimum"] == 0)
        #expect(schema["additionalProperties"] == false)
        let part = schema["$defs"]?["JSONDescriptionTests.Part"]
        #expect(part?["properties"]?["colour"]?["enum"] == ["red", "green", .null])
        #expect(schema["$defs"]?["JSONDescriptionTests.Shape"]?["oneOf"]?.elements?.count == 4)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_795_339_800.25, "2026-11-22T09:30:00.250Z"),
            (1_795_339_800.9996, "2026-11-22T09:30:01.000Z"), (253_402_300_799, "9999-12-31T23:59:59.000Z"),
        ] as [(Double, String)])
    func moments(_ seconds: Double, _ written: String) throws {
        let description = JSONDescription<Date>.date
        #expect(description.write(Date(timeIntervalSince1970: seconds)) == .text(written))
        let read = try description.read(.text(written))
        #expect(abs(read.timeIntervalSince1970 - seconds) < 0.001)
    }

    @Test(arguments: [(0.12345, 0.123), (-1, 0), (2, 1), (.nan, 0)] as [(Double, Double)])
    func fractions(_ value: Double, _ written: Double) {
        #expect(JSONDescription<Double>.fraction.write(value).number == written)
    }

    @Test func durationsAreMillisecondsAndNotHuge() throws {
        let description = JSONDescription<Duration>.milliseconds
        #expect(description.write(.microseconds(12_340)).number == 12.3)
        #expect(description.write(.seconds(-1)).number == 0)
        #expect(try description.read(12) == .milliseconds(12))
        #expect(throws: JSONMistake.self) { try description.read(.number(1e300)) }
        #expect(throws: JSONMistake.self) { try description.read(-1) }
    }
}

extension [String] {
    /// The keys as a list of a schema.
    fileprivate var sortedAsWritten: JSONValue { .texts(self) }
}
