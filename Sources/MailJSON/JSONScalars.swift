public import FoundationEssentials

extension JSONDescription where Value == JSONValue {
    /// Any value, as it is.
    public static var any: JSONDescription {
        JSONDescription(schema: [:], write: { $0 }, read: { value, _ in value })
    }
}

/// Texts.
extension JSONDescription where Value == String {
    /// Any text.
    public static var text: JSONDescription {
        JSONDescription(schema: ["type": "string"], write: JSONValue.text) { value, _ throws(JSONMistake) in
            guard case .text(let text) = value else { throw JSONMistake(.wrongType, "a text must stand here") }
            return text
        }
    }

    /// Any text of which a schema says more: what is written keeps to it, and nobody is refused by it.
    ///
    /// - Parameters:
    ///   - pattern: The regular expression that it matches.
    ///   - format: A format that JSON Schema knows by name.
    ///   - length: How many characters it has.
    /// - Returns: The description.
    public static func text(
        pattern: String? = nil, format: String? = nil, length: ClosedRange<Int>? = nil
    ) -> JSONDescription {
        var keywords = JSONObject()
        keywords["pattern"] = pattern.map(JSONValue.text)
        keywords["format"] = format.map(JSONValue.text)
        keywords["minLength"] = length.map { .integer($0.lowerBound) }
        keywords["maxLength"] = length.flatMap { $0.upperBound == .max ? nil : .integer($0.upperBound) }
        return text.annotated(keywords)
    }

    /// A text that holds more than white space.
    public static var filledText: JSONDescription {
        JSONDescription(schema: ["type": "string", "minLength": 1], write: JSONValue.text) {
            value, _ throws(JSONMistake) in
            guard case .text(let text) = value else { throw JSONMistake(.wrongType, "a text must stand here") }
            guard text.utf8.contains(where: { $0 > 0x20 }) else { throw JSONMistake(.badValue, "it is empty") }
            return text
        }
    }
}

/// Lists of texts.
extension JSONDescription where Value == [String] {
    /// A list of any texts.
    public static var texts: JSONDescription { .list(.text) }
    /// A list of texts of which none is empty.
    public static var filledTexts: JSONDescription { .list(.filledText) }
}

extension JSONDescription where Value == Set<String> {
    /// Texts of which none counts twice, sorted.
    public static var textSet: JSONDescription {
        JSONDescription<[String]>.texts.mapped(read: { Set($0) }, write: { $0.sorted() })
    }
}

/// Numbers.
extension JSONDescription where Value == Int {
    /// A whole number.
    public static var integer: JSONDescription { integer(schema: [:]) { _ in true } }

    /// A whole number of `least` or more.
    ///
    /// - Parameter least: The least.
    /// - Returns: The description.
    public static func integer(atLeast least: Int) -> JSONDescription {
        integer(schema: ["minimum": .integer(least)], "is less than \(least)") { $0 >= least }
    }

    /// A whole number within bounds.
    ///
    /// - Parameter range: The bounds.
    /// - Returns: The description.
    public static func integer(in range: ClosedRange<Int>) -> JSONDescription {
        let bounds: JSONObject = ["minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        return integer(schema: bounds, "is not within \(range.lowerBound) and \(range.upperBound)", range.contains)
    }

    private static func integer(
        schema: JSONObject, _ complaint: String = "", _ isAllowed: @escaping @Sendable (Int) -> Bool
    ) -> JSONDescription {
        var keywords: JSONObject = ["type": "integer"]
        for (key, value) in zip(schema.keys, schema.values) { keywords[key] = value }
        return JSONDescription(schema: keywords, write: JSONValue.integer) { value, _ throws(JSONMistake) in
            guard let integer = value.integer else {
                let reason = value.number == nil ? "a number must stand here" : "a whole number must stand here"
                throw JSONMistake(.wrongType, reason)
            }
            guard isAllowed(integer) else { throw JSONMistake(.badValue, "\(integer) \(complaint)") }
            return integer
        }
    }
}

extension JSONDescription where Value == Double {
    /// A confidence or weight: written within 0 and 1 and with three decimals; one that is not finite is written as 0.
    public static var fraction: JSONDescription {
        JSONDescription(
            schema: ["type": "number", "minimum": 0, "maximum": 1],
            write: { $0.isFinite ? .number((min(1, max(0, $0)) * 1000).rounded() / 1000) : .integer(0) },
            read: { value, _ throws(JSONMistake) in
                guard let number = value.number else { throw JSONMistake(.wrongType, "a number must stand here") }
                guard (0...1).contains(number) else { throw JSONMistake(.badValue, "it is not within 0 and 1") }
                return number
            })
    }
}

extension JSONDescription where Value == Bool {
    /// True or false.
    public static var bool: JSONDescription {
        JSONDescription(schema: ["type": "boolean"], write: JSONValue.bool) { value, _ throws(JSONMistake) in
            guard case .bool(let bool) = value else {
                throw JSONMistake(.wrongType, "true or false must stand here")
            }
            return bool
        }
    }
}

/// Words.
extension JSONDescription where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the words of a type.
    ///
    /// - Parameter noun: What a word stands for, with its article, such as `a stage`.
    /// - Returns: The description.
    public static func word(_ noun: String) -> JSONDescription {
        let words = Value.allCases.map(\.rawValue)
        return JSONDescription(schema: ["enum": .texts(words)], write: { .text($0.rawValue) }) {
            value, mode throws(JSONMistake) in
            guard case .text(let text) = value else { throw JSONMistake(.wrongType, "a text must stand here") }
            guard let word = Value(rawValue: text) else {
                let choice = mode.isStrict ? ": it must be one of " + words.joined(separator: ", ") : ""
                throw JSONMistake(.badValue, "\"\(text)\" is not \(noun)\(choice)")
            }
            return word
        }
    }
}

/// Time.
extension JSONDescription where Value == Date {
    /// A moment in UTC (RFC 3339), written with milliseconds: `2026-11-22T09:30:00.000Z`.
    public static var date: JSONDescription {
        JSONDescription(
            schema: ["type": "string", "format": "date-time"],
            write: { date in
                // The style cuts what is below a millisecond, and a Date is seldom exactly on one: round, then stay
                // clear of it.
                let rounded = (date.timeIntervalSince1970 * 1000).rounded() / 1000
                return .text(
                    Date(timeIntervalSince1970: rounded + 0.0001).formatted(
                        Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt)))
            },
            read: { value, _ throws(JSONMistake) in
                guard case .text(let text) = value else { throw JSONMistake(.wrongType, "a text must stand here") }
                let styles = [true, false].map {
                    Date.ISO8601FormatStyle(includingFractionalSeconds: $0, timeZone: .gmt)
                }
                guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else {
                    throw JSONMistake(.badValue, "a time such as 2026-11-22T09:30:00Z must stand here")
                }
                return date
            })
    }
}

extension JSONDescription where Value == Date {
    /// A moment in UTC (RFC 3339), written in whole seconds: `2026-11-22T09:30:00Z`.
    public static var second: JSONDescription {
        JSONDescription(
            schema: ["type": "string", "format": "date-time"], write: { .text($0.formatted(.iso8601)) },
            read: date.reading)
    }
}

extension JSONDescription where Value == Duration {
    /// Milliseconds with one decimal, never below zero.
    public static var milliseconds: JSONDescription {
        JSONDescription(
            schema: ["type": "number", "minimum": 0],
            write: { duration in
                let parts = duration.components
                let milliseconds = Double(parts.seconds) * 1000 + Double(parts.attoseconds) / 1e15
                return .number((max(0, milliseconds) * 10).rounded() / 10)
            },
            read: { value, _ throws(JSONMistake) in
                guard let number = value.number, (0...1e12).contains(number) else {
                    throw JSONMistake(.wrongType, "a number of milliseconds must stand here")
                }
                return .microseconds(Int((number * 1000).rounded()))
            })
    }
}
