import MailDiagnosis
import MailModel
import Testing

@Suite("Domains whose servers nobody knows")
struct SettingsMissingRuleTests {
    private static let mx = Samples.mx(.records([.mx(preference: 10, exchange: "mx.example.net")]))

    @Test(arguments: [
        (SettingsSearch.nothing, 0.6, RetryAdvice.no), (.inconclusive, 0.4, .afterSeconds(300)),
        (.limited, 0.4, .no),
    ])
    func areToldByHowWellWasLooked(_ search: SettingsSearch, _ confidence: Double, _ retry: RetryAdvice) throws {
        let finding = try #require(try Samples.findings([Self.mx], search: search).first)
        #expect(Told(finding) == Told(.wrongHost, nil, .dns))
        #expect(finding.confidence == confidence)
        #expect(finding.retry == retry)
        #expect(finding.remedy.steps.last == .nameEndpoint(nil))
    }

    /// That somebody kept silent is only said where somebody did.
    @Test func silenceIsToldOnlyWhereThereWasSome() throws {
        let silent = try #require(try Samples.findings([Self.mx], search: .inconclusive).first)
        #expect(silent.detail.contains("Not everybody"))
        for search in [SettingsSearch.limited, .nothing] {
            let finding = try #require(try Samples.findings([Self.mx], search: search).first)
            #expect(!finding.detail.contains("Not everybody"))
        }
    }

    @Test func settingsThatWereFoundAreNotMissing() throws {
        #expect(try Samples.findings([Self.mx], search: .found).isEmpty)
    }

    @Test func aDomainWithoutMailIsAnotherCause() throws {
        let null = Samples.mx(.records([.mx(preference: 0, exchange: "")]))
        #expect(try Samples.findings([null], search: .nothing).map(\.id) == [.noMailForDomain])
    }

    @Test func theGatewayIsNamed() throws {
        var provider = ProviderIdentification.unknown
        provider.gateway = Gateway(id: "g", name: "A Gateway")
        let finding = try #require(try Samples.findings([Self.mx], provider: provider, search: .nothing).first)
        #expect(finding.detail.contains("A Gateway"))
    }
}
