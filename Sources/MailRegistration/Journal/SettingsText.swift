import MailJSON
import MailModel

/// The fields of a request that are no secret, as JSON text: a list of pairs, so that their order is kept.
enum SettingsText {
    static func text(_ fields: [RequestField]) -> String {
        let pairs = fields.filter { $0.value != .redacted }.map { field in
            JSONValue.object([field.name: RequestField.Value.json.write(field.value)])
        }
        var writer = JSONWriter(.compact, escaping: .whatMustBe)
        writer.write(.list(pairs))
        return String(decoding: writer.octets, as: UTF8.self)
    }

    static func fields(_ text: String) -> [RequestField] {
        (JSONValue(answer: Array(text.utf8))?.elements ?? []).compactMap { element in
            guard case .object(let members) = element, let name = members.keys.first, let value = members[name] else {
                return nil
            }
            return (try? RequestField.Value.json.read(value)).map { RequestField(name: name, value: $0) }
        }
    }
}
