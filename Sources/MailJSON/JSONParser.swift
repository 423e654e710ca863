/// Parses one JSON text (RFC 8259), to the letter: no comments, no comma at the end of a list, no text behind the value,
/// no octet that is not UTF-8, and no key twice in one object, which other readers take without a word.
///
/// The whole catalogue is read at every start of the program, so this is made to be fast: it works on the octets, copies
/// each text once, and hashes nothing for objects of usual size.
public struct JSONParser {
    /// What a text may ask for at most. Each limit is protection against texts that were made to use up memory or stack.
    public struct Limits: Hashable, Sendable {
        /// Octets in the whole text.
        public var octets: Int
        /// How deep lists and objects may stand in each other.
        public var depth: Int
        /// Members in one object.
        public var members: Int
        /// Elements in one list.
        public var elements: Int

        /// Names limits; what is left out has the value of `standard`.
        public init(octets: Int = 1_048_576, depth: Int = 32, members: Int = 1_024, elements: Int = 65_536) {
            self.octets = octets
            self.depth = depth
            self.members = members
            self.elements = elements
        }

        /// Enough for every file of the catalogue and for every answer that is waited for.
        public static let standard = Limits()
    }

    let bytes: UnsafeBufferPointer<UInt8>
    /// How many octets have been read.
    var place = 0
    private let limits: Limits
    private var depth = 0

    /// Parses a text.
    ///
    /// - Parameters:
    ///   - octets: The text in UTF-8.
    ///   - limits: What it may ask for at most.
    /// - Returns: The value.
    /// - Throws: `JSONSyntaxError` for the first thing that is not JSON or goes beyond a limit.
    public static func parse(_ octets: [UInt8], limits: Limits = .standard) throws(JSONSyntaxError) -> JSONValue {
        guard octets.count <= limits.octets else {
            throw JSONSyntaxError(line: 1, reason: "it has more than \(limits.octets) octets")
        }
        return try octets.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
            var parser = JSONParser(bytes: bytes, limits: limits)
            let value = try parser.value()
            guard parser.peek() == nil else { throw parser.error("something stands behind the value") }
            return value
        }
    }

    /// The line on which the value at a path begins; that of the object around it when a member is missing.
    ///
    /// Values do not carry their place, since it is needed only when something is wrong with one: then the text is read
    /// once more.
    ///
    /// - Parameters:
    ///   - path: The way from the whole value to the one that is meant.
    ///   - octets: The text, which is valid.
    /// - Returns: The line, from 1; nil when the text has no such place.
    static func line(of path: [JSONMistake.Step], in octets: [UInt8]) -> Int? {
        octets.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(
                bytes: bytes, limits: Limits(octets: .max, depth: 256, members: .max, elements: .max))
            guard let place = try? parser.locate(path[...]) else { return nil }
            parser.place = place
            return parser.line
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "\""): .text(try text())
        case UInt8(ascii: "{"): .object(try object())
        case UInt8(ascii: "["): .list(try list())
        case UInt8(ascii: "t"): try word("true", .bool(true))
        case UInt8(ascii: "f"): try word("false", .bool(false))
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONObject {
        try enter()
        defer { depth -= 1 }
        guard !take(UInt8(ascii: "}")) else { return JSONObject() }
        var keys: [String] = []
        var values: [JSONValue] = []
        var known: Set<String> = []
        // To grow by and by would be four allocations where one is enough.
        keys.reserveCapacity(8)
        values.reserveCapacity(8)
        repeat {
            _ = peek()
            let start = place
            let key = try self.key()
            guard keys.count < limits.members else { throw error("an object has more than \(limits.members) members") }
            // Few members are compared one by one; many would take time that grows with their square.
            if keys.count == 64 { known = Set(keys) }
            guard keys.count < 64 ? !keys.contains(key) : known.insert(key).inserted else {
                place = start
                throw error("the key \(key) stands here twice")
            }
            keys.append(key)
            values.append(try value())
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("a comma or } is missing") }
        return JSONObject(keys: keys, values: values)
    }

    private mutating func list() throws(JSONSyntaxError) -> [JSONValue] {
        try enter()
        defer { depth -= 1 }
        var values: [JSONValue] = []
        guard !take(UInt8(ascii: "]")) else { return values }
        repeat {
            guard values.count < limits.elements else {
                throw error("a list has more than \(limits.elements) elements")
            }
            values.append(try value())
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("a comma or ] is missing") }
        return values
    }

    /// A key and the colon behind it.
    private mutating func key() throws(JSONSyntaxError) -> String {
        guard peek() == UInt8(ascii: "\"") else { throw error("a key must stand here") }
        let key = try text()
        guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
        return key
    }

    private mutating func enter() throws(JSONSyntaxError) {
        guard depth < limits.depth else { throw error("it is nested more than \(limits.depth) deep") }
        place += 1
        depth += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[place..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: end - place))
        else { throw error("a value must stand here") }
        place = end
        return value
    }

    /// The place of the value at the end of a path.
    private mutating func locate(_ path: ArraySlice<JSONMistake.Step>) throws(JSONSyntaxError) -> Int {
        let first = peek()
        let start = place
        switch (path.first, first) {
        case (.key(let wanted)?, UInt8(ascii: "{")):
            place += 1
            guard peek() != UInt8(ascii: "}") else { return start }
            repeat {
                if try key() == wanted { return try locate(path.dropFirst()) }
                _ = try value()
            } while take(UInt8(ascii: ","))
            return start
        case (.index(let wanted)?, UInt8(ascii: "[")):
            place += 1
            for _ in 0..<wanted {
                _ = try value()
                guard take(UInt8(ascii: ",")) else { return start }
            }
            return try locate(path.dropFirst())
        default: return start
        }
    }

    /// The next octet that is not white space; nil at the end.
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

    private var line: Int { 1 + bytes[..<place].count { $0 == 0x0A } }

    /// An error at the place.
    func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(line: line, reason: reason) }
}

/// Why a text is not JSON, or more than is taken, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// What is wrong, in words for a person. It can quote a key of the text, unescaped.
    public var reason: String

    /// `line 3: a comma or } is missing`
    public var description: String { "line \(line): \(reason)" }
}
