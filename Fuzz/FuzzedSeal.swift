import MailModel

@testable import MailQueue

/// Files of keys.
enum FuzzedKeys {
    /// Every key that is read is a whole one, and a file that is written of them is read as the same keys.
    static func read(_ octets: [UInt8]) {
        let file: KeyFile
        do {
            file = try KeyFile(octets)
        } catch {
            check("\(error)", octets)
            return
        }
        guard !file.keys.isEmpty, Set(file.keys.map(\.id)).count == file.keys.count else {
            fatalError("two keys of one name, or none at all")
        }
        for key in file.keys where key.octets.octets.count != 32 || !(1...64).contains(key.id.utf8.count) {
            fatalError("no whole key")
        }
        let lines = file.keys.map { "\($0.id):\(QueueText.hexadecimal($0.octets.octets))\n" }.joined()
        guard let again = try? KeyFile(Array(lines.utf8)), again.keys.map(\.id) == file.keys.map(\.id),
            again.keys.map(\.octets.octets) == file.keys.map(\.octets.octets)
        else { fatalError("a key file reads as something else") }
    }

    /// No line of the file stands in what is said of it.
    private static func check(_ words: String, _ octets: [UInt8]) {
        let text = String(decoding: octets, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline)
        where line.utf8.count >= 32 && words.utf8.contains(line.utf8) {
            fatalError("a line of the key file is shown")
        }
    }
}

/// Sealed messages: what was changed on its way does not open, whatever was changed.
enum FuzzedSeal {
    private static let seal: Seal = {
        let text = "a:" + String(repeating: "0f", count: 32) + "\nb:" + String(repeating: "f0", count: 32)
        do { return Seal(file: try KeyFile(Array(text.utf8))) } catch { fatalError("\(error)") }
    }()

    private static let kinds = [Seal.Label.Kind.row, .answer, .login, .secret]

    /// Three octets say what is done; a line that says whose it is and what is sealed follow.
    static func open(_ octets: [UInt8]) {
        for kind in kinds where (try? seal.opened(octets, kind)) != nil { fatalError("what nobody sealed opens") }
        guard octets.count >= 3 else { return }
        let parts = octets[3...].split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        let contents = parts.count > 1 ? Array(parts[1]) : []
        let kind = kinds[Int(octets[0] & 3)]
        let label = Seal.Label(kind, batch: String(name.prefix(8)), name: name, round: Int(octets[1]))
        for kind in kinds where (try? seal.opened(contents, kind)) != nil { fatalError("what nobody sealed opens") }
        // A line that is too long is refused when it is sealed, not when it is opened.
        guard let sealed = try? seal.sealed(contents, label) else { return }
        guard let opened = try? seal.opened(sealed, kind), opened.label == label, opened.octets == contents,
            Seal.label(sealed)?.label == label
        else { fatalError("what was sealed does not open") }
        change(sealed, kind, octets)
    }

    private static func change(_ sealed: [UInt8], _ kind: Seal.Label.Kind, _ octets: [UInt8]) {
        let place = (Int(octets[1]) << 8 | Int(octets[2])) % sealed.count
        var flipped = sealed
        flipped[place] ^= 1 << (octets[0] >> 5)
        let inserted = sealed[..<place] + [octets[0]] + sealed[place...]
        for changed in [flipped, Array(sealed[..<place]), Array(inserted), sealed + [octets[0]]] where changed != sealed
        {
            if (try? seal.opened(changed, kind)) != nil { fatalError("what was changed opens") }
        }
        for other in kinds where other != kind && (try? seal.opened(sealed, other)) != nil {
            fatalError("one kind opens as another")
        }
        // The rest behind the line of another message.
        guard let end = Seal.label(sealed)?.end, var label = Seal.label(sealed)?.label else { return }
        label.round += 1
        guard let other = try? seal.sealed([], label), let otherEnd = Seal.label(other)?.end else { return }
        if (try? seal.opened(Array(other[...otherEnd]) + sealed[(end + 1)...], kind)) != nil {
            fatalError("a message opens behind the line of another")
        }
    }
}
