import MailJSON

/// The reason that an error body gives, in words.
///
/// ```
/// {"detail": "API key required"}
/// {"detail": [{"loc": ["body", "smtp_port"], "msg": "field required", "type": "missing", "input": ...}]}
/// {"detail": "Missing required scopes: a", "required": ["a"], "granted": []}
/// ```
///
/// Of a list, `loc` and `msg` are read and nothing else: `input` and `ctx` can hold what was sent, the password too.
/// Source: <https://docs.coldsend.pro/reference/errors>
struct ErrorDetail {
    let text: AnswerText

    /// Reads a body.
    ///
    /// - Parameter body: The body of a response that is no success.
    /// - Returns: The reason, safe to show; nil when the body gives none.
    func reason(in body: [UInt8]) -> String? {
        guard let value = JSONValue(answer: body) else { return plainText(body) }
        let detail = value["detail"] ?? value["message"] ?? value["error"] ?? value
        let words = detail.text ?? detail["message"]?.text ?? detail["msg"]?.text ?? detail["error"]?.text
        let sentence = words.map { text.shown($0) } ?? list(detail)
        let parts = [sentence, scopes(value) ?? scopes(detail)].compactMap(\.self).filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// Broken JSON is not shown at all: nothing tells where in it an echo of the request begins.
    private func plainText(_ body: [UInt8]) -> String? {
        let whiteSpace: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
        guard let first = body.first(where: { !whiteSpace.contains($0) }) else { return nil }
        guard !"{[\"".utf8.contains(first) else { return "an answer that cannot be read, \(body.count) octets long" }
        return text.shown(octets: body)
    }

    private func list(_ detail: JSONValue) -> String? {
        guard let elements = detail.elements else { return nil }
        let shown = elements.prefix(10).compactMap(entry)
        let rest = elements.count > 10 ? "; and \(elements.count - 10) more" : ""
        return shown.isEmpty ? nil : shown.joined(separator: "; ") + rest
    }

    /// `smtp_port: field required`. The first part of `loc` says where the field was looked for, mostly `body`.
    private func entry(_ element: JSONValue) -> String? {
        if let words = element.text { return text.shown(words) }
        guard let message = element["msg"]?.text else { return nil }
        let path = (element["loc"]?.elements ?? []).prefix(8).compactMap { $0.text ?? $0.integer.map(String.init) }
        let field = (path.count > 1 ? path.dropFirst() : path[...]).joined(separator: ".")
        return field.isEmpty ? text.shown(message) : text.shown(field, limit: 80) + ": " + text.shown(message)
    }

    /// Scope names are opaque: two versions of the API's pages disagree on them.
    private func scopes(_ value: JSONValue) -> String? {
        let named = ["required", "granted"].compactMap { key -> String? in
            guard let scopes = value[key]?.elements else { return nil }
            let names = scopes.prefix(10).compactMap { $0.text.map { text.shown($0, limit: 60) } }
            return "\(key): " + (names.isEmpty ? "none" : names.joined(separator: ", "))
        }
        return named.isEmpty ? nil : "(" + named.joined(separator: "; ") + ")"
    }
}
