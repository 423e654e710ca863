import MailTestSupport

/// A connection of the measuring client; it waits for each answer.
final class BenchmarkConnection: Sendable {
    private let socket: LoopbackSocket

    init(port: Int) throws { socket = try LoopbackSocket(port: port) }

    func send(_ text: String) { socket.send(text) }

    /// Reads until a text has come; false when the connection ends before.
    func read(until text: String) -> Bool {
        var all = ""
        while !all.contains(text) {
            let part = socket.receive()
            guard !part.isEmpty else { return false }
            all += String(decoding: part, as: UTF8.self)
        }
        return true
    }

    /// Reads one answer that says how long it is.
    func readAnswer() -> Bool {
        var all: [UInt8] = []
        while true {
            let part = socket.receive()
            guard !part.isEmpty else { return false }
            all += part
            let text = String(decoding: all, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n"),
                let field = text[..<end.lowerBound].firstRange(of: "Content-Length: "),
                let length = Int(text[field.upperBound...].prefix { $0.isNumber })
            else { continue }
            if text[end.upperBound...].utf8.count >= length { return true }
        }
    }
}
