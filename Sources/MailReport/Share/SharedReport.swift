import FoundationEssentials
import MailJSON
import MailModel

/// A report that can be handed to somebody else: whose mailbox it is cannot be read out of it, and what is wrong still can.
///
/// The local part, user names, the display name, ids that servers gave, and the inbox id are left out. The customer's domain, and
/// every name that was made from it, stands as `customer.example`; the domain of a provider's own addresses stays.
public enum SharedReport {
    /// The report without what tells whose it is.
    ///
    /// - Parameter report: The report.
    /// - Returns: The same report to share; nil when it could not be made, and then nothing may be shown.
    public static func of(_ report: Report) -> Report? {
        let names = SharedNames(report)
        return try? Report.json.read(names.masked(Report.json.write(report), key: ""))
    }
}

/// What tells whose mailbox a report is about, and what stands in its place.
struct SharedNames {
    static let domain = "customer.example"
    static let address = "mailbox@customer.example"

    /// Whole texts and what replaces them, the longest first; compared without regard to case.
    private let texts: [(from: String, to: String)]
    /// Names that a host label or a tenant name is made from; empty for a provider's own domain.
    private let stems: [String]
    private let customerDomain: String?

    init(_ report: Report) {
        let diagnosis = report.diagnosis
        let domain = diagnosis.domain.description.lowercased()
        // A provider's own domain is no customer's.
        let isProviders = diagnosis.evidence.contains { $0.source == .catalogue && $0.outcome == .found }
        customerDomain = isProviders ? nil : domain
        stems = isProviders ? [] : Self.stems(of: domain)
        let address = diagnosis.address?.description
        let kept = isProviders ? "mailbox@\(domain)" : Self.address
        var texts: [(String, String)] = address.map { [($0, kept)] } ?? []
        for name in Self.usernames(in: report) where name.count > 1 && name != address {
            texts.append((name, "[user name]"))
        }
        if let local = address?.split(separator: "@").first, local.count > 1 {
            texts.append((String(local), "[local part]"))
        }
        texts += texts.map { (Data($0.0.utf8).base64EncodedString(), "[user name]") }
        self.texts = texts.sorted { $0.0.count > $1.0.count }
    }

    /// A value with every text in it masked.
    func masked(_ value: JSONValue, key: String) -> JSONValue {
        switch value {
        case .text(let text): return .text(masked(text, key: key))
        case .list(let elements): return .list(elements.map { masked($0, key: key) })
        case .object(let members):
            var result = JSONObject()
            for name in members.keys {
                guard let member = members[name] else { continue }
                result[name] = Self.leftOut.contains(name) ? .null : masked(member, key: name)
            }
            // A request's field has its name beside its value.
            if members["name"]?.text == "display_name", result["value"] != nil { result["value"] = "[display name]" }
            if result["display_name"] != nil { result["display_name"] = "[display name]" }
            return .object(result)
        default: return value
        }
    }

    private static let leftOut: Set<String> = ["inbox_id"]

    /// Members that hold what a server said, or words about it.
    private static let spoken: Set<String> = ["server_text", "text", "detail", "reason", "summary", "message", "notes"]

    private func masked(_ text: String, key: String) -> String {
        var text = text
        for (from, to) in texts { text = Self.replacing(from, with: to, in: text) }
        return tokens(in: text) { token in
            if let host = host(token) { return host }
            return Self.spoken.contains(key) && Self.isServerID(token) ? "[id]" : nil
        }
    }

    /// A name that is the customer's domain, lies below it, or has a label that was made from it.
    private func host(_ token: Substring) -> String? {
        guard let customerDomain else { return nil }
        let name = token.lowercased()
        if name == customerDomain || name.hasSuffix("." + customerDomain) { return Self.domain }
        let labels = name.split(separator: ".")
        guard labels.contains(where: { label in stems.contains { label.contains($0) } }) else { return nil }
        return labels.count > 1 ? Self.domain : "customer"
    }

    /// `northwind-tools.test` as hosts and tenants are named after it: the label, without its dashes, and the whole with them.
    private static func stems(of domain: String) -> [String] {
        let labels = domain.split(separator: ".")
        guard let first = labels.dropLast().max(by: { $0.count < $1.count }) else { return [] }
        let whole = labels.joined(separator: "-")
        return [String(first), String(first).replacing("-", with: ""), whole, whole.replacing("-", with: "")]
            .filter { $0.count >= 4 }.uniqued()
    }

    private static func usernames(in report: Report) -> [String] {
        var names: [String] = []
        if let settings = report.diagnosis.settings {
            names += MailService.allCases.compactMap { settings.username(for: $0) }
        }
        for settings in report.diagnosis.alternatives {
            names += MailService.allCases.compactMap { settings.username(for: $0) }
        }
        for observation in report.diagnosis.observations {
            if case .login(let facts)? = observation.facts { names.append(facts.username) }
        }
        for finding in report.diagnosis.findings {
            for case .useUsername(_, let name) in finding.remedy.steps { names.append(name) }
        }
        return names.uniqued()
    }

    /// An id that a server made for a session or a machine: letters and digits mixed, long, and no word, date or mechanism.
    private static func isServerID(_ token: Substring) -> Bool {
        guard token.utf8.count >= 10, !token.contains("."), token.contains(where: \.isNumber),
            token.contains(where: \.isLetter)
        else { return token.contains(".prod.") }
        let isDate = token.prefix(4).allSatisfy(\.isNumber) && token.dropFirst(4).first == "-"
        let isMechanism = ["SCRAM-", "XOAUTH", "CRAM-", "DIGEST-", "TLSv"].contains { token.hasPrefix($0) }
        return !isDate && !isMechanism
    }

    /// Replaces a text wherever it stands as a word of its own, in any case.
    private static func replacing(_ from: String, with to: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(ofAnyCase: from) {
            let before = rest[..<found.lowerBound].last
            let after = rest[found.upperBound...].first
            let isWord = ![before, after].contains { $0?.isLetter == true || $0?.isNumber == true }
            result += rest[..<found.lowerBound] + (isWord ? to : String(rest[found]))
            rest = rest[found.upperBound...]
        }
        return result + rest
    }

    /// Rewrites the words of a text that could be host names.
    private func tokens(in text: String, _ replacement: (Substring) -> String?) -> String {
        var result = ""
        var start = text.startIndex
        while start < text.endIndex {
            guard Self.isNamePart(text[start]) else {
                result.append(text[start])
                start = text.index(after: start)
                continue
            }
            let end = text[start...].firstIndex { !Self.isNamePart($0) } ?? text.endIndex
            var token = text[start..<end]
            var tail = ""
            // The full stop of a sentence.
            while token.last == "." { tail += String(token.removeLast()) }
            result += (replacement(token) ?? String(token)) + tail
            start = end
        }
        return result
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }
}
