import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("The daily limit")
struct DailyLimitAdviceTests {
    static let situations = LimitSituation.stages + LimitSituation.records + LimitSituation.providers

    private func advise(_ evidence: DailyLimitEvidence) throws -> DailyLimit {
        DailyLimitAdvice(bands: try RepositoryCatalog.catalog().dailyLimitBands).advise(evidence)
    }

    @Test func thereAreEnoughSituations() { #expect(Self.situations.count >= 60) }

    @Test(arguments: situations) func table(_ given: LimitSituation) throws {
        let limit = try advise(given.evidence())
        #expect(limit.recommended == given.number)
        #expect(limit.low...limit.high == given.band)
        #expect(limit.stage == given.told)
        #expect(limit.providerCap == given.cap)
        let ids = limit.details.map(\.id)
        for reason in given.because { #expect(ids.contains(reason), "\(reason) in \(ids)") }
    }

    @Test(arguments: situations) func everyAdviceIsSound(_ given: LimitSituation) throws {
        let limit = try advise(given.evidence())
        #expect(limit.recommended >= 1)
        #expect((limit.low...limit.high).contains(limit.recommended))
        if let cap = limit.providerCap { #expect(limit.high <= cap) }
        #expect(!limit.sources.isEmpty && Set(limit.sources).count == limit.sources.count)
        #expect(limit.reasons == limit.details.map(\.text))
        #expect(Set(limit.details.map(\.id)).count == limit.details.count)
        #expect(limit.details.contains { $0.raise != nil } || limit.recommended == 100)
        let isNew = [.new, .unknown].contains(limit.stage)
        #expect(limit.ramp.isEmpty != isNew)
        #expect(zip(limit.ramp, limit.ramp.dropFirst()).allSatisfy { $0.daily <= $1.daily })
        if let first = limit.ramp.first, let last = limit.ramp.last {
            #expect(first.fromWeek == 1 && last.toWeek == nil)
            if let cap = limit.providerCap { #expect(last.daily <= cap) }
        }
    }

    @Test func theCapOfTheProviderIsNeverPassed() throws {
        var evidence = DailyLimitEvidence()
        evidence.statedStage = .established
        evidence.profile = try RepositoryCatalog.catalog().profile(id: "google_workspace")
        for cap in [1, 2, 7, 50, 99, 100, 5_000] {
            evidence.profile?.dailyCap?.value = cap
            let limit = try advise(evidence)
            #expect(limit.recommended == min(80, cap))
            #expect(limit.high <= cap && limit.providerCap == cap)
        }
    }

    @Test func theSourcesOfTheTableAreNamed() throws {
        let limit = try advise(DailyLimitEvidence())
        #expect(limit.sources.allSatisfy { $0.hasPrefix("https://") })
    }
}
