import Foundation
import MailNetwork
import Testing

/// The test cases of RFC 4231, section 4.
@Suite struct KeyedHashTests {
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func published(key: [UInt8], message: [UInt8], tag: String) {
        let digits = Array("0123456789abcdef")
        let found = KeyedHash.sha256(message, key: key) ?? []
        #expect(found.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined() == tag)
    }

    @Test func nothingIsAMessageToo() { #expect(KeyedHash.sha256([], key: [1])?.count == 32) }
}

@Suite("Work that keeps a processor busy") struct HeavyWorkTests {
    @Test("More rounds than allowed are never done, whoever asks for them") func rounds() {
        let hash = DigestFunction.sha256
        #expect(hash.stretchedKey([1], salt: [2], iterations: 1)?.count == 32)
        for count in [0, -1, DigestFunction.maximumIterations + 1, .max] {
            #expect(hash.stretchedKey([1], salt: [2], iterations: count) == nil)
        }
    }

    @Test("It holds up no task, however much of it there is") func apart() async {
        await withTaskGroup(of: Void.self) { group in
            // More than there are threads for tasks; each would hold one for a second.
            for _ in 0..<32 { group.addTask { () async -> Void in _ = await HeavyWork.run { sleep(1) } } }
            await Task.yield()
            let begin = ContinuousClock.now
            for _ in 0..<100 { await Task { await Task.yield() }.value }
            #expect(ContinuousClock.now - begin < .milliseconds(900))
        }
    }
}
