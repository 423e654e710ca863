import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

/// Numbers that look random and are the same in every run (xorshift).
struct SteadyNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// Worse evidence never gives a higher number.
@Suite("The daily limit never rises when evidence gets worse")
struct DailyLimitPropertyTests {
    private static let providers: [String?] = [
        nil, "google_workspace", "microsoft365", "gmail", "outlook_com", "icloud", "zoho_com", "ionos",
        "ionos_exchange",
        "stackmail_20i", "cpanel_generic", "tpp_wholesale", "easyname",
    ]
    private static let days = [0, 1, 5, 7, 8, 14, 15, 21, 22, 29, 30, 31, 45, 46, 60, 61, 100, 122, 180, 365, 4_000]
    private static let counts = [0, 1, 19, 20, 100, 199, 200, 399, 400, 5_000]
    private static let domains = ["example.com", "contoso.onmicrosoft.com"]

    private static func random(_ numbers: inout SteadyNumbers, _ catalog: Catalog) throws -> DailyLimitEvidence {
        var evidence = DailyLimitEvidence()
        let maybe = { (numbers: inout SteadyNumbers, values: [Int]) -> Int? in
            Bool.random(using: &numbers) ? values.randomElement(using: &numbers) : nil
        }
        if Int.random(in: 0..<3, using: &numbers) == 0 {
            evidence.statedStage = MailboxStage.allCases.randomElement(using: &numbers)
        }
        evidence.statedAge = maybe(&numbers, days)
        evidence.inbox = FolderHistory(messages: maybe(&numbers, counts), oldestAge: maybe(&numbers, days))
        evidence.sent = FolderHistory(messages: maybe(&numbers, counts), oldestAge: maybe(&numbers, days))
        evidence.domainAge = maybe(&numbers, days)
        for record in [\DailyLimitEvidence.spf, \.dkim, \.dmarc] {
            evidence[keyPath: record] = PublishedRecordState.allCases.randomElement(using: &numbers) ?? .unknown
        }
        evidence.wasThrottled = Int.random(in: 0..<4, using: &numbers) == 0
        evidence.isTrial = Int.random(in: 0..<4, using: &numbers) == 0
        let provider = providers.randomElement(using: &numbers) ?? nil
        evidence.profile = provider.flatMap { catalog.profile(id: $0) }
        evidence.inboxType = evidence.profile?.inboxType
        evidence.domain = try DomainName(domains.randomElement(using: &numbers) ?? "example.com")
        return evidence
    }

    /// Every single step for the worse from some evidence, each with its name.
    private static func worse(than evidence: DailyLimitEvidence) -> [(String, DailyLimitEvidence)] {
        var result: [(String, DailyLimitEvidence)] = []
        func add(_ name: String, _ change: (inout DailyLimitEvidence) -> Void) {
            var changed = evidence
            change(&changed)
            result.append((name, changed))
        }
        for path in [\DailyLimitEvidence.statedAge, \.domainAge] {
            for day in days where day < evidence[keyPath: path] ?? 0 {
                add("younger: \(day)") { $0[keyPath: path] = day }
            }
        }
        for path in [\DailyLimitEvidence.inbox, \.sent] {
            for day in days where day < evidence[keyPath: path]?.oldestAge ?? 0 {
                add("shorter history: \(day)") { $0[keyPath: path]?.oldestAge = day }
            }
            for count in counts where count < evidence[keyPath: path]?.messages ?? 0 {
                add("fewer messages: \(count)") { $0[keyPath: path]?.messages = count }
            }
        }
        let order = PublishedRecordState.allCases
        for path in [\DailyLimitEvidence.spf, \.dkim, \.dmarc] {
            guard let place = order.firstIndex(of: evidence[keyPath: path]) else { continue }
            for state in order[(place + 1)...] { add("record \(state)") { $0[keyPath: path] = state } }
        }
        let stages: [MailboxStage] = [.established, .warming, .new]
        if let stage = evidence.statedStage, let place = stages.firstIndex(of: stage) {
            for lower in stages[(place + 1)...] { add("stage \(lower)") { $0.statedStage = lower } }
        }
        add("throttled") { $0.wasThrottled = true }
        add("trial") { $0.isTrial = true }
        if let cap = evidence.profile?.dailyCap?.value {
            for lower in [cap / 2, cap / 100, 1] { add("cap \(lower)") { $0.profile?.dailyCap?.value = max(1, lower) } }
        }
        return result
    }

    @Test(arguments: 1...20) func neverRises(seed: Int) throws {
        let catalog = try RepositoryCatalog.catalog()
        let advice = DailyLimitAdvice(bands: catalog.dailyLimitBands)
        var numbers = SteadyNumbers(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<30 {
            let evidence = try Self.random(&numbers, catalog)
            let limit = advice.advise(evidence)
            #expect(limit.recommended >= 1 && limit.recommended <= limit.providerCap ?? .max)
            for (name, changed) in Self.worse(than: evidence) {
                let after = advice.advise(changed)
                #expect(after.recommended <= limit.recommended, "\(name): \(limit.details) then \(after.details)")
            }
        }
    }
}
