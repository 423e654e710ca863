import ProviderCatalog
import Testing

/// Phrases are found wherever they stand, and nothing else is.
@Suite struct PhraseIndexTests {
    static let phrases = ["refused", "connection refused", "connection", "timed out", "fused", "接続を拒否", "abc"]

    static func found(_ text: String) -> Set<String> {
        let index = PhraseIndex(phrases.map(PhraseFolding.folded))
        return Set(index.present(in: PhraseFolding.folded(text)).map { phrases[$0] })
    }

    @Test(
        arguments: [
            ("", []), ("ref", []), ("refused", ["refused", "fused"]),
            ("Connection  REFUSED!", ["refused", "connection refused", "connection", "fused"]),
            ("it timed\u{A0}out", ["timed out"]), ("で接続を拒否されました", ["接続を拒否"]), ("abc", []), ("connectio", []),
        ] as [(String, [String])])
    func isFound(text: String, phrases: [String]) { #expect(Self.found(text) == Set(phrases)) }

    @Test func everyPlaceIsTold() {
        let index = PhraseIndex([Array("abab".utf8)])
        var places: [Int] = []
        index.scan(Array("abababxabab".utf8)) { _, place in places.append(place) }
        #expect(places == [0, 2, 7])
    }

    @Test func linesStayLines() {
        #expect(String(decoding: PhraseFolding.folded(" A \t b \r\n  C’d \n"), as: UTF8.self) == "a b\nc'd\n")
    }
}
