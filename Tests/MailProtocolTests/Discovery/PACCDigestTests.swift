import MailProtocol
import Testing

struct PACCDigestTests {
    /// SHA-256 of nothing (FIPS 180-4).
    private static let nothing: [UInt8] = [
        0xE3, 0xB0, 0xC4, 0x42, 0x98, 0xFC, 0x1C, 0x14, 0x9A, 0xFB, 0xF4, 0xC8, 0x99, 0x6F, 0xB9, 0x24,
        0x27, 0xAE, 0x41, 0xE4, 0x64, 0x9B, 0x93, 0x4C, 0xA4, 0x95, 0x99, 0x1B, 0x78, 0x52, 0xB8, 0x55,
    ]

    @Test(arguments: [
        "v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "v=UAAC1;a=sha256;d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;",
        " v = UAAC1 ;\ta = SHA256; later=1; d = 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
    ])
    func readable(_ record: String) throws {
        let digest = try #require(PACCDigest(record: record))
        #expect(digest.sha256 == Self.nothing)
        #expect(digest.matches(Self.nothing))
        #expect(!digest.matches(Self.nothing.reversed()))
        #expect(!digest.matches([]))
        #expect(!digest.matches(Array(Self.nothing.dropLast())))
    }

    @Test(arguments: [
        "", "v=UAAC1", "v=UAAC1; a=sha256", "v=UAAC1; a=sha256; d=",
        "v=UAAC2; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "a=sha256; v=UAAC1; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "v=UAAC1; a=sha512; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "v=UAAC1; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",
        "v=UAAC1; a=sha256; d=not base64",
        "v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; d=AAAA",
        "v=spf1 -all",
    ])
    func unreadable(_ record: String) { #expect(PACCDigest(record: record) == nil) }

    @Test func oneOfSeveralIsEnough() {
        let good = "v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        let old = "v=UAAC1; a=sha256; d=" + String(repeating: "A", count: 43) + "="
        let digests = PACCDigest.all(in: ["v=spf1 -all", old, good])
        #expect(digests.count == 2)
        #expect(digests.map { $0.matches(Self.nothing) } == [false, true])
    }
}
