internal import HTTPTypes
internal import Hummingbird
internal import MailJSON
internal import NIOCore

/// Answers of the usual forms.
enum Answers {
    /// JSON text.
    static func json(_ text: String, status: Int = 200) -> Response {
        of(text, type: "application/json", status: status)
    }

    /// A JSON value, on one line.
    static func json(_ value: JSONValue, status: Int = 200) -> Response {
        json(value.rendered(.compact), status: status)
    }

    /// What is wrong with a request.
    static func problem(_ problem: Problem) -> Response {
        var response = of(
            Problem.json.write(problem).rendered(.compact), type: "application/problem+json", status: problem.status)
        for (name, value) in problem.headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    /// A text of some type.
    static func of(_ text: String, type: String, status: Int = 200) -> Response {
        Response(
            status: HTTPResponse.Status(code: status), headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

/// Headers that every answer carries.
enum SafetyHeaders {
    private static let fields: [(HTTPField.Name?, String)] = [
        (
            HTTPField.Name("Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        ),
        (HTTPField.Name("X-Content-Type-Options"), "nosniff"),
        (HTTPField.Name("X-Frame-Options"), "DENY"),
        (HTTPField.Name("Referrer-Policy"), "no-referrer"),
        (HTTPField.Name("Cross-Origin-Opener-Policy"), "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy"), "same-origin"),
    ]

    /// Adds them.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - id: The name of the request, under which the log has it.
    static func add(to response: inout Response, requestID id: String) {
        for (name, value) in fields { if let name { response.headers[name] = value } }
        if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = id }
    }
}
