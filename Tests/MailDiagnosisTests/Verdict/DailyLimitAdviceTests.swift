import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("The daily limit")
struct DailyLimitAdviceTests {
    @Test(
        arguments: [
            (nil, nil, 20, MailboxStage.unknown),
            (MailboxStage.new, nil, 20, .new),
            (.warming, nil, 50, .warming),
            (.established, nil, 80, .established),
            (nil, 3, 20, .new),
            (nil, 45, 50, .warming),
            (nil, 400, 80, .established),
            (.new, 400, 20, .new),
        ] as [(MailboxStage?, Int?, Int, MailboxStage)])
    func followsStageThenAge(_ stage: MailboxStage?, _ age: Int?, _ number: Int, _ told: MailboxStage) throws {
        let advice = DailyLimitAdvice(bands: try RepositoryCatalog.catalog().dailyLimitBands)
        let limit = advice.advise(stage: stage, ageInDays: age, profile: nil)
        #expect(limit.recommended == number)
        #expect(limit.stage == told)
        #expect((limit.low...limit.high).contains(limit.recommended))
        #expect(!limit.reasons.isEmpty && !limit.sources.isEmpty)
    }

    @Test func theProvidersCapIsAnUpperBound() throws {
        let catalog = try RepositoryCatalog.catalog()
        var profile = try #require(catalog.profiles.first { $0.dailyCap != nil })
        profile.dailyCap?.value = 10
        let limit = DailyLimitAdvice(bands: catalog.dailyLimitBands)
            .advise(stage: .established, ageInDays: nil, profile: profile)
        #expect(limit.providerCap == 10)
        #expect(limit.recommended == 10 && limit.high == 10)
    }
}
