import MailModel
import ProviderCatalog

/// Tells by hosts, addresses and words whose server speaks in a text.
///
/// Only hosts that are connected to, the address that logs in and the server's own words tell that: the recipient of a
/// message is a stranger, and so is a provider that somebody says works.
struct ProviderRecognition {
    private var scores: [String: Int] = [:]

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: The text, folded, without calls of a stack trace.
    ///   - catalog: What is known of providers.
    init(_ text: [UInt8], catalog: Catalog) {
        let heard = Self.heard(
            text, praise: catalog.cues.praise,
            recipients: catalog.cues.surroundings.recipients.map { Array($0.utf8) })
        for provider in catalog.cues.providers {
            // Longer words say more: those of one data centre more than those of the whole provider.
            let longest = provider.words.filter { heard.containsWhole($0) }.map(\.utf8.count).max()
            if let longest { scores[provider.id, default: 0] += 200 + min(longest, 40) }
        }
        let names = HostReader.names(in: String(decoding: heard, as: UTF8.self))
        guard !names.isEmpty else { return }
        for profile in catalog.profiles { add(profile, names) }
    }

    /// The id of the provider that most speaks for, nil when nothing does.
    ///
    /// - Parameter candidates: The ids that words of a reply leave; all when empty.
    /// - Returns: The id.
    func best(among candidates: [String] = []) -> String? {
        let allowed = candidates.isEmpty ? scores : scores.filter { candidates.contains($0.key) }
        let best = allowed.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best?.key ?? candidates.first
    }

    private mutating func add(_ profile: ProviderProfile, _ names: HostReader.Names) {
        var score = 0
        for server in profile.smtp + profile.imap where names.hosts.contains(server.host) { score = max(score, 300) }
        for pattern in profile.mxPatterns where names.all.contains(pattern.name) { score = max(score, 150) }
        for domain in profile.domains where names.all.contains(domain.name) {
            score = max(score, names.domains.contains(domain.name) ? 60 : 100)
        }
        if score > 0 { scores[profile.id, default: 0] += score }
    }

    /// The lines that tell whose server it is, the addresses of recipients blotted out.
    private static func heard(_ text: [UInt8], praise: [String], recipients: [[UInt8]]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for line in text.split(separator: 0x0A) {
            let line = Array(line)
            if praise.contains(where: { line.contains(word: $0) }) { continue }
            result += without(recipients, line)
            result.append(0x0A)
        }
        return result
    }

    private static func without(_ recipients: [[UInt8]], _ line: [UInt8]) -> [UInt8] {
        guard line.contains(UInt8(ascii: "@")) else { return line }
        var line = line
        for place in line.indices where line[place] == UInt8(ascii: "@") {
            var start = place
            while start > 0, isOfAddress(line[start - 1]), place - start < 64 { start -= 1 }
            let isRecipient = recipients.contains { word in
                line.has(word, at: start - word.count) || line.has(word, at: start - word.count - 1)
            }
            guard isRecipient || line.at(start - 1) == UInt8(ascii: "<") && isRefused(line, place) else { continue }
            var end = place
            while let octet = line.at(end), isOfAddress(octet) || octet == UInt8(ascii: "@") {
                line[end] = UInt8(ascii: " ")
                end += 1
            }
        }
        return line
    }

    /// `<a@b>: Recipient address rejected`, `<a@b>: Relay access denied`.
    private static func isRefused(_ line: [UInt8], _ place: Int) -> Bool {
        var end = place + 1
        while let octet = line.at(end), isOfAddress(octet) { end += 1 }
        return line.has(">: rec", at: end) || line.has(">: relay", at: end) || line.has(">: user", at: end)
    }

    private static func isOfAddress(_ octet: UInt8) -> Bool {
        octet.isAlphanumeric || octet >= 0x80 || "._-+=".utf8.contains(octet)
    }
}

extension Array where Element == UInt8 {
    /// Whether a word stands anywhere in the octets by itself, and not as a part of a longer word or name.
    func containsWhole(_ word: String) -> Bool {
        let wanted = Array(word.utf8)
        guard let first = wanted.first, let last = wanted.last, wanted.count <= count else { return false }
        let bound = count - wanted.count
        var start = 0
        while start <= bound, let found = self[start...].firstIndex(of: first), found <= bound {
            let end = found + wanted.count
            if self[found..<end].elementsEqual(wanted), !(first.isAlphanumeric && joins(found - 1, -1)),
                !(last.isAlphanumeric && joins(end, 1))
            {
                return true
            }
            start = found + 1
        }
        return false
    }

    /// Whether a letter, a digit, or a hyphen with one behind it stands at a place.
    private func joins(_ place: Int, _ direction: Int) -> Bool {
        guard let octet = at(place) else { return false }
        return octet.isAlphanumeric || octet == UInt8(ascii: "-") && at(place + direction)?.isAlphanumeric == true
    }
}
