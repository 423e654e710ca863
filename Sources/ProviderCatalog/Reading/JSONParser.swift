/// Parses one JSON text (RFC 8259), to the letter: no comments, no comma at the end of a list, no text behind the
/// value, and no key twice in one object, which other readers take without a word.
///
/// The whole catalogue is read at every start of the program; Foundation's readers take several times as long for it.
struct JSONParser {
    /// How deep lists and objects may stand in each other.
    static let depthLimit = 32

    /// The text in UTF-8.
    let bytes: [UInt8]
    /// How many octets have been read.
    var place = 0
    private var depth = 0

    /// Parses a text.
    ///
    /// - Parameter bytes: The text in UTF-8.
    /// - Returns: The value.
    /// - Throws: `JSONSyntaxError` for the first thing that is no JSON.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw parser.error("it is no UTF-8") }
        let value = try parser.value()
        guard parser.peek() == nil else { throw parser.error("something stands behind the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "\""): .text(try text())
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try list()
        case UInt8(ascii: "t"): try word("true", .bool(true))
        case UInt8(ascii: "f"): try word("false", .bool(false))
        case UInt8(ascii: "n"): try word("null", .null)
        default: .number(try number())
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var members = JSONMembers()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw error("a key must stand here") }
            let key = try text()
            guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
            guard !members.keys.contains(key) else { throw error("the key \(key) stands here twice") }
            guard members.keys.count < JSONMembers.limit else {
                throw error("an object has more than \(JSONMembers.limit) members")
            }
            members.append(try value(), forKey: key)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("a comma or } is missing") }
        return .object(members)
    }

    private mutating func list() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var values: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .list(values) }
        repeat { values.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("a comma or ] is missing") }
        return .list(values)
    }

    private mutating func enter() throws(JSONSyntaxError) {
        place += 1
        depth += 1
        guard depth <= Self.depthLimit else { throw error("it is nested more than \(Self.depthLimit) deep") }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count, bytes[place..<end].elementsEqual(word.description.utf8) else {
            throw error("a value must stand here")
        }
        place = end
        return value
    }

    /// The next octet that is no white space; nil at the end.
    private mutating func peek() -> UInt8? {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x0A, 0x0D, 0x09: place += 1
            case let byte: return byte
            }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        place += 1
        return true
    }

    /// An error at the place.
    func error(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(line: 1 + bytes.prefix(place).count { $0 == 0x0A }, reason: reason)
    }
}
