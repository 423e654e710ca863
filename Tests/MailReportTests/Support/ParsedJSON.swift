import Foundation

/// JSON that was read back, with the kinds of value told apart.
enum ParsedJSON: Hashable, Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([ParsedJSON])
    case object([String: ParsedJSON])

    init(_ text: String) throws { self = try JSONDecoder().decode(ParsedJSON.self, from: Data(text.utf8)) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([ParsedJSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: ParsedJSON].self))
        }
    }

    subscript(key: String) -> ParsedJSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    subscript(index: Int) -> ParsedJSON? {
        if case .list(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }
}
