import FoundationEssentials

/// Base64 (RFC 4648, section 4) of octets, as octets.
enum Base64Text {
    /// Encodes octets.
    static func encode(_ octets: [UInt8]) -> [UInt8] { Array(Data(octets).base64EncodedString().utf8) }

    /// Decodes a text; nil when it is no Base64.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? { Data(base64Encoded: Data(text)).map { Array($0) } }
}
