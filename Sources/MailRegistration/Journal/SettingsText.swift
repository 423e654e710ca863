import MailModel

/// The fields of a request that are no secret, as JSON text: a list of pairs, so that their order is kept.
enum SettingsText {
    static func text(_ fields: [RequestField]) -> String {
        let pairs = fields.compactMap { field -> String? in
            var writer = JSONObjectWriter()
            switch field.value {
            case .text(let text): writer.add(SentField(field.name, .text(text)))
            case .number(let number): writer.add(SentField(field.name, .number(number)))
            case .flag(let flag): writer.add(SentField(field.name, .flag(flag)))
            case .redacted: return nil
            }
            return String(decoding: writer.octets, as: UTF8.self)
        }
        return "[" + pairs.joined(separator: ",") + "]"
    }

    static func fields(_ text: String) -> [RequestField] {
        (JSONValue(octets: Array(text.utf8))?.elements ?? []).compactMap { element in
            guard case .object(let members) = element, let (name, value) = members.first else { return nil }
            switch value {
            case .text(let text): return RequestField(name: name, value: .text(text))
            case .flag(let flag): return RequestField(name: name, value: .flag(flag))
            default: return value.integer.map { RequestField(name: name, value: .number($0)) }
            }
        }
    }
}
