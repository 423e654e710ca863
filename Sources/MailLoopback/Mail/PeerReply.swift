/// The reply lines of a behaviour, as actions.
enum PeerReply {
    /// Lines in one piece; `! close` stands for closing the connection.
    static func actions(_ lines: [String]) -> [PeerAction] {
        let said = lines.filter { $0 != "! close" }
        let octets = said.flatMap { Array($0.utf8) + [UInt8(ascii: "\r"), UInt8(ascii: "\n")] }
        let closes = said.count < lines.count
        return (octets.isEmpty ? [] : [.send(octets)]) + (closes ? [.close] : [])
    }

    /// The line that decides.
    static func finalLine(_ lines: [String]) -> String? { lines.last { $0 != "! close" } }

    /// The error challenge that goes before the refusal of a token; nil for a password.
    static func bearerRefusal(_ mechanism: String) -> String? {
        guard mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER" else { return nil }
        let status = #"{"status":"400","schemes":"Bearer","scope":"mail"}"#
        return String(decoding: Base64Text.encode(Array(status.utf8)), as: UTF8.self)
    }
}
