import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("A text is explained the same with the part of the catalogue that it needs")
struct PartOfTheCatalogueTests {
    @Test func asWithTheWhole() throws {
        let folder = Repository.path("providers")
        let whole = Explainer(catalog: try RepositoryCatalog.catalog())
        // Every fifth text: reading the profiles again for each takes its time.
        for (place, text) in ExplainedText.all.enumerated() where place.isMultiple(of: 5) {
            let expected = whole.explain(text.text)
            var part = try Catalog.load(from: folder, mentioning: Explainer.names(in: text.text))
            if let id = Explainer(catalog: part).explain(text.text).provider {
                part = try part.reading(profile: id, from: folder)
            }
            #expect(Explainer(catalog: part).explain(text.text) == expected, "\(text.id)")
        }
    }

    @Test func aTextWithoutNamesNeedsNoProfile() throws {
        let folder = Repository.path("providers")
        let none = try Catalog.load(from: folder, mentioning: Explainer.names(in: "535 authentication failed"))
        #expect(none.profiles.isEmpty)
        #expect(try none.reading(profile: "gmail", from: folder).profile(id: "gmail") != nil)
        #expect(try none.reading(profile: "nobody_knows", from: folder).profiles.isEmpty)
        let some = try Catalog.load(from: folder, mentioning: ["smtp.gmail.com"])
        #expect(some.profile(id: "gmail") != nil)
        #expect(some.profiles.count < 20)
    }
}
