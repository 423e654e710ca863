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

    /// Names of programs' parts and files are nobody's, and those of the catalogue are all seen.
    @Test func whatCanBeAHost() throws {
        let profiles = try RepositoryCatalog.catalog().profiles
        let named = profiles.flatMap { ($0.smtp + $0.imap).map(\.host) + $0.domains.map(\.description) }
        let hosts = Set(named.map { $0.lowercased().replacing("*.", with: "") })
        let text = hosts.filter { !$0.contains("{") && $0.contains(".") }.sorted().prefix(1_500)
        #expect(text.count > 1_000)
        for host in text { #expect(Explainer.names(in: "connect to \(host) failed").contains(host), "\(host)") }
        let none = [
            "smtplib.SMTPAuthenticationError: (535, b'no')", "at System.Net.Mail.SmtpClient.Send(Message)",
            "/app/node_modules/nodemailer/lib/smtp-connection/index.js:790:14",
            "javax.mail.MessagingException, e.g. 5.7.8",
            "File \"/usr/lib/python3/smtplib.py\", line 2",
        ]
        for text in none { #expect(Explainer.names(in: text).isEmpty, "\(Explainer.names(in: text))") }
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
