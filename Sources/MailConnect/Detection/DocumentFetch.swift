internal import FoundationEssentials
internal import MailDiagnosis
internal import MailModel
internal import MailNetwork

/// Fetches one document over https, and turns every way in which that can fail into a line of the ledger.
struct DocumentFetch: Sendable {
    /// How long one document may take.
    static let patience = Duration.seconds(5)
    /// A settings file has a few kilobytes.
    static let maximumLength = 262_144
    static let maximumRedirects = 3

    let http: any HTTPSending
    let resolver: any DNSResolving
    let deadline: RunInstant
    /// Whether whoever is asked has nothing to do with the domain.
    var isThirdParty = false

    /// The same, for somebody who has nothing to do with the domain.
    var ofThirdParty: DocumentFetch {
        var copy = self
        copy.isThirdParty = true
        return copy
    }

    /// What came back: the body of a good answer, and the line as it stands until somebody has read the body.
    struct Result: Sendable {
        var body: [UInt8]?
        var status: Int?
        var line: Evidence
        /// Who learnt the domain by it; nobody when nobody could be asked.
        var disclosures: [Disclosure] = []
    }

    /// Fetches.
    ///
    /// - Parameters:
    ///   - url: An `https` URL.
    ///   - source: Who is asked, for the ledger.
    ///   - post: A body to post; nil to get.
    /// - Returns: The body if the answer was good, and the ledger's line.
    func fetch(_ url: String, source: Evidence.Source, post: String? = nil) async -> Result {
        let begun = ContinuousClock.now
        let method = post == nil ? "GET" : "POST"
        var result = Result(
            line: Evidence(source: source, kind: .document, query: "\(method) \(url)", outcome: .none, detail: ""))
        if let host = Self.host(of: url), let absent = await absence(of: host) {
            result.line.outcome = absent.outcome.evidence == .negative ? .none : absent.outcome.evidence
            result.line.detail = "\(host): \(absent.outcome.words)"
            result.line.duration = .now - begun
            return result
        }
        do throws(HTTPFailure) {
            let response = try await http.send(request(method, url, post, begun))
            result.status = response.status
            result.disclosures = disclosures(url)
            // Redirects are followed over https, and whoever they lead to learns the domain too.
            result.disclosures += disclosures(response.url).filter { !result.disclosures.contains($0) }
            if (200..<300).contains(response.status) {
                result.body = response.body
                result.line.outcome = .found
            } else {
                result.line.outcome = response.status >= 500 ? .broken : .none
                result.line.detail = "status \(response.status)"
            }
        } catch {
            result.line.outcome = Self.outcome(of: error.kind)
            result.line.detail = ServerText(error.detail).escaped
            // Where a handshake began, its first message named the host.
            if ![.badURL, .lookup, .connect].contains(error.kind) { result.disclosures = disclosures(url) }
        }
        result.line.duration = .now - begun
        return result
    }

    private func disclosures(_ url: String) -> [Disclosure] {
        Self.host(of: url).map { [Disclosure(party: $0, matter: .domain, isThirdParty: isThirdParty)] } ?? []
    }

    /// The host of a URL, for the ledger and for who learnt what.
    static func host(of url: String) -> String? {
        guard let start = url.firstRange(of: "://")?.upperBound else { return nil }
        let authority = url[start...].prefix { !"/?#".contains($0) }
        return authority.split(separator: ":").first.map(String.init)
    }

    /// The DNS's word when a host has no address, so that "there is none" and "nobody answered" stay apart. The client's own
    /// look-up of the host shares this one's answer.
    private func absence(of host: String) async -> DNSResponse? {
        guard !host.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }) else { return nil }
        async let six = resolver.resolve(host, .aaaa)
        let four = await resolver.resolve(host, .a)
        guard four.records.isEmpty else { return nil }
        let other = await six
        guard other.records.isEmpty else { return nil }
        // Trouble with either question is more telling than the other's "no".
        return [.none, .negative].contains(four.outcome.evidence) && other.outcome != .noData ? other : four
    }

    private func request(
        _ method: String, _ url: String, _ post: String?, _ begun: ContinuousClock.Instant
    ) -> HTTPRequest {
        var headers = [(name: "Accept", value: "text/xml, application/xml, application/json;q=0.9")]
        if post != nil { headers.append((name: "Content-Type", value: "text/xml; charset=utf-8")) }
        return HTTPRequest(
            method: method, url: url, headers: headers, body: post.map { Array($0.utf8) },
            maximumResponseLength: Self.maximumLength, timeout: min(Self.patience, deadline.remaining),
            maximumRedirects: post == nil ? Self.maximumRedirects : 0)
    }

    private static func outcome(of kind: HTTPFailure.Kind) -> EvidenceOutcome {
        switch kind {
        case .lookup: .none
        case .connect: .refused
        case .tls, .redirect: .notTrusted
        // Cut off by the end of the asking.
        case .timedOut, .cancelled: .timedOut
        case .ourLimit: .notAsked
        case .badURL, .tooLarge, .broken: .broken
        }
    }
}
