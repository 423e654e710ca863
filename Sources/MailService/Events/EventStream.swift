internal import HTTPTypes
internal import Hummingbird
internal import MailJSON
internal import NIOCore

/// Server-sent events (WHATWG HTML, section 9.2).
enum EventStream {
    /// How often something is sent where nothing happens, so that proxies between do not take the connection for dead.
    static let keepAlive = Duration.seconds(15)

    /// One event.
    ///
    /// - Parameters:
    ///   - id: Its number; a client that comes back says the last one that it had.
    ///   - name: Its name.
    ///   - data: Its data, one line.
    /// - Returns: The text that is sent.
    static func text(id: Int, name: String, data: String) -> String {
        let line = data.hasSuffix("\n") ? data.dropLast() : data[...]
        return "id: \(id)\nevent: \(name)\ndata: \(line)\n\n"
    }

    /// An answer that streams events until their source ends.
    ///
    /// - Parameter source: Puts texts into the stream, one after another; when it returns the stream is over. It is cancelled
    ///   when nobody listens any more.
    /// - Returns: The answer.
    static func response(_ source: @escaping @Sendable (_ put: @Sendable (String) -> Void) async -> Void) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store", HTTPField.Name.buffering: "no",
        ]
        let body = ResponseBody { writer in
            let (texts, texting) = AsyncStream.makeStream(of: String.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await source { texting.yield($0) }
                    texting.finish()
                }
                group.addTask {
                    while (try? await Task.sleep(for: keepAlive)) != nil { texting.yield(":\n\n") }
                }
                for await text in texts { try await writer.write(ByteBuffer(string: text)) }
                group.cancelAll()
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

extension HTTPField.Name {
    /// Asks a proxy not to collect an answer before it passes it on.
    static let buffering = HTTPField.Name("X-Accel-Buffering") ?? .cacheControl
}
