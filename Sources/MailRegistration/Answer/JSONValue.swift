import Foundation

/// Any JSON value (RFC 8259), so that an answer is read field by field and an odd field spoils no other.
enum JSONValue: Decodable, Equatable {
    /// Protection against hostile answers, far above what the API sends.
    enum Limit {
        static let octets = 65_536
        static let depth = 16
    }

    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// Reads a body; nil comes back when it is no JSON, too long or too deep.
    ///
    /// - Parameters:
    ///   - octets: The body.
    ///   - limit: The most octets that are read.
    init?(octets: [UInt8], limit: Int = Limit.octets) {
        guard octets.count <= limit else { return nil }
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(octets)) else { return nil }
        self = value
    }

    /// Reads one value.
    ///
    /// - Parameter decoder: The decoder.
    /// - Throws: `DecodingError` when it is nested too deep.
    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Limit.depth else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "nested too deep"))
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The member of that name; nil for null, for a missing one, and when this is no object.
    ///
    /// - Parameter name: The name.
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[name], value != .null else { return nil }
        return value
    }

    /// The text, when it is one.
    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The whole number, when it is one.
    var integer: Int? {
        guard case .number(let number) = self else { return nil }
        return Int(exactly: number)
    }

    /// The elements, when it is a list.
    var elements: [JSONValue]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }
}
