internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import MailJSON
internal import MailModel
internal import NIOCore

/// What comes with a request besides it.
struct CallContext: InitializableFromSource {
    let channel: any Channel
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
        logger = source.logger
    }
}

/// One request that passed the gate, as its route sees it.
struct Call: Sendable {
    let request: Request
    let route: Route
    /// What stands in the path where the pattern has a name.
    let parameters: [String]
    let client: Client
    /// When the client goes away.
    let departure: Departure
    let logger: Logger

    /// What stands in each header of a name.
    func lines(_ name: String) -> [String] { HTTPField.Name(name).map { request.headers[values: $0] } ?? [] }

    /// A header, where it is there once.
    func header(_ name: String) -> String? {
        let lines = lines(name)
        return lines.count == 1 ? lines.first : nil
    }

    /// Whether a header is there.
    func hasHeader(_ name: String) -> Bool { !lines(name).isEmpty }

    /// Whether the answer is wanted as a stream of events.
    var wantsEvents: Bool {
        request.headers[values: .accept].contains { list in
            list.split(separator: ",").contains { part in
                let type = part.split(separator: ";").first?.trimmed.lowercased()
                return type == "text/event-stream"
            }
        }
    }

    /// The media type of the body, in small letters and without parameters; nil where the client does not say.
    var mediaType: String? {
        header("Content-Type").flatMap { $0.split(separator: ";").first?.trimmed.lowercased() }
    }

    /// Reads the body.
    ///
    /// - Returns: Its octets; whoever is done with them overwrites them.
    /// - Throws: `Problem` when it is longer than the route takes, or encoded.
    func body() async throws -> [UInt8] {
        if let encoding = header("Content-Encoding"), encoding.lowercased() != "identity" {
            throw Problem(.unsupportedMediaType, "bodies are taken as they are, without a content encoding")
        }
        let tooLarge = Problem(.bodyTooLarge, "at most \(route.bodyLimit) octets are taken here")
        if let length = header("Content-Length").flatMap(Int.init), length > route.bodyLimit { throw tooLarge }
        var octets: [UInt8] = []
        for try await part in request.body {
            guard octets.count + part.readableBytes <= route.bodyLimit else { throw tooLarge }
            octets += part.readableBytesView
        }
        return octets
    }
}

extension Call {
    /// Reads the body as JSON that is described.
    ///
    /// - Parameter description: What it must be.
    /// - Returns: What it says.
    /// - Throws: `Problem`.
    func json<Value>(_ description: JSONDescription<Value>) async throws -> Value {
        try await document(description).value
    }

    /// Reads the body as JSON that is described, and keeps the text's own form.
    func document<Value>(_ description: JSONDescription<Value>) async throws -> (value: Value, json: JSONValue) {
        guard mediaType == "application/json" else {
            throw Problem(.unsupportedMediaType, "application/json is taken here", field: "Content-Type")
        }
        var octets = try await body()
        // Passwords go through here.
        defer { Secret.wipe(&octets) }
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONParser.parse(octets)
        } catch {
            throw Problem(.notJSON, "\(error)")
        }
        do throws(JSONMistake) {
            return (try description.read(json, .strict), json)
        } catch {
            throw Problem(error)
        }
    }
}
