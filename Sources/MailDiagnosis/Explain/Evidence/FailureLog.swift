import MailModel
import ProviderCatalog

/// The failures of a log, each line looked at, grouped by cause and account.
struct FailureLog {
    private struct Key: Hashable {
        var id: FindingID
        var account: String?
    }

    /// Groups that are kept; a megabyte holds more only if each line is about another account.
    private static let limit = 1_000

    /// The groups, the newest first; none unless there are several failures.
    ///
    /// - Parameters:
    ///   - evidence: The text.
    ///   - replies: Every refusal in it, with the cause that it shows.
    ///   - clues: What words around speak for.
    /// - Returns: At most a thousand groups.
    static func groups(
        in evidence: EvidenceText, replies: [(line: Int, id: FindingID)], clues: [Clue]
    ) -> [ExplainedFailure] {
        var causes: [Int: (id: FindingID, weight: Double)] = [:]
        for clue in clues where clue.role == .reason {
            for line in clue.lines where clue.weight > causes[line]?.weight ?? 0 {
                causes[line] = (clue.finding, clue.weight)
            }
        }
        for reply in replies where reply.id != .notAnAccountProblem { causes[reply.line] = (reply.id, 1) }
        for clue in clues where clue.role == .calm {
            for line in clue.lines where clue.weight > causes[line]?.weight ?? 0 { causes[line] = nil }
        }
        var groups: [Key: ExplainedFailure] = [:]
        for line in causes.keys.sorted() {
            guard let id = causes[line]?.id else { continue }
            let account = AccountReader.account(in: evidence.folded(line))
            let key = Key(id: id, account: account)
            var group =
                groups[key]
                ?? ExplainedFailure(id: id, account: account, count: 0, firstLine: line + 1, lastLine: 0, quote: "")
            group.count += 1
            group.lastLine = line + 1
            groups[key] = group
        }
        let isLog = groups.count > 1 ? causes.count > 2 : causes.count > 1
        guard isLog, evidence.lineCount >= 5 else { return [] }
        let newest = groups.values.sorted {
            ($0.lastLine, $1.id.description, $1.account ?? "") > ($1.lastLine, $0.id.description, $0.account ?? "")
        }
        return newest.prefix(limit).map { group in
            var group = group
            group.quote = evidence.quote(group.lastLine - 1)
            return group
        }
    }
}

/// Finds the address that a line of a log is about.
enum AccountReader {
    /// The first address of a line that is not a recipient's.
    static func account(in line: ArraySlice<UInt8>) -> String? {
        let line = Array(line)
        for place in line.indices where line[place] == UInt8(ascii: "@") {
            var (start, end) = (place, place + 1)
            while start > 0, isLocal(line[start - 1]), place - start < 64 { start -= 1 }
            while let octet = line.at(end), octet.isAlphanumeric || octet == 0x2D || octet == 0x2E { end += 1 }
            while end > place + 1, line[end - 1] == UInt8(ascii: ".") { end -= 1 }
            let domain = line[(place + 1)..<end]
            guard start < place, domain.contains(UInt8(ascii: ".")), domain.last?.isLetter == true else { continue }
            if line.has("to=<", at: start - 4) || line.has("rcpt to:<", at: start - 9) { continue }
            return line.text(start..<end)
        }
        return nil
    }

    private static func isLocal(_ octet: UInt8) -> Bool {
        octet.isAlphanumeric || octet >= 0x80 || "._-+".utf8.contains(octet)
    }
}
