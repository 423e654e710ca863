import MailModel
import ProviderCatalog
import Testing

/// What comes out of the profiles for an account.
@Suite struct SettingsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var id: String
        var inboxType: InboxType
        var smtp: String
        var imap: String
        var alternative: String?
        var testDescription: String { id }
    }

    static let cases = [
        Case(
            id: "google_workspace", inboxType: .googleWorkspace, smtp: "smtp.gmail.com:587/starttls",
            imap: "imap.gmail.com:993/tls", alternative: "smtp.gmail.com:465/tls"),
        Case(
            id: "gmail", inboxType: .googleWorkspace, smtp: "smtp.gmail.com:587/starttls",
            imap: "imap.gmail.com:993/tls", alternative: "smtp.gmail.com:465/tls"),
        Case(
            id: "microsoft365", inboxType: .outlook365, smtp: "smtp.office365.com:587/starttls",
            imap: "outlook.office365.com:993/tls"),
        Case(
            id: "godaddy_m365", inboxType: .outlook365, smtp: "smtp.office365.com:587/starttls",
            imap: "outlook.office365.com:993/tls"),
        Case(
            id: "outlook_com", inboxType: .outlook365, smtp: "smtp.office365.com:587/starttls",
            imap: "outlook.office365.com:993/tls", alternative: "smtp-mail.outlook.com:587/starttls"),
        Case(
            id: "zoho_eu", inboxType: .customSMTP, smtp: "smtppro.zoho.eu:465/tls", imap: "imappro.zoho.eu:993/tls",
            alternative: "smtppro.zoho.eu:587/starttls"),
        Case(
            id: "icloud", inboxType: .customSMTP, smtp: "smtp.mail.me.com:587/starttls",
            imap: "imap.mail.me.com:993/tls"),
        Case(
            id: "microsoft365_us", inboxType: .outlook365, smtp: "smtp.office365.us:587/starttls",
            imap: "outlook.office365.us:993/tls"),
        Case(
            id: "microsoft365_cn", inboxType: .outlook365, smtp: "smtp.partner.outlook.cn:587/starttls",
            imap: "partner.outlook.cn:993/tls", alternative: "partner.outlook.cn:587/starttls"),
        Case(
            id: "charter", inboxType: .customSMTP, smtp: "mobile.charter.net:587/starttls",
            imap: "mobile.charter.net:993/tls"),
        Case(
            id: "pdx", inboxType: .customSMTP, smtp: "mailhost.pdx.edu:465/tls", imap: "psumail.pdx.edu:993/tls",
            alternative: "mailhost.pdx.edu:587/starttls"),
        Case(
            id: "yahoo", inboxType: .customSMTP, smtp: "smtp.mail.yahoo.com:465/tls",
            imap: "imap.mail.yahoo.com:993/tls", alternative: "smtp.mail.yahoo.com:587/starttls"),
    ]

    @Test(arguments: cases) func prefersWhatIsDocumented(_ example: Case) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: example.id))
        let settings = profile.settings(of: try DomainName("example.com"))
        #expect(profile.inboxType == example.inboxType)
        #expect(settings.first?.smtp.description == example.smtp)
        #expect(settings.first?.imap.description == example.imap)
        #expect(settings.dropFirst().first?.smtp.description == example.alternative)
    }

    @Test(arguments: [
        ("google_workspace", 2_000), ("gmail", 500), ("microsoft365", 5_000), ("godaddy_m365", 5_000),
        ("outlook_com", 5_000), ("yahoo", 500), ("easyname", 1_500), ("tpp_wholesale", 250), ("zoho_com", nil),
        ("fastmail", nil), ("icloud", 1_000),
    ])
    func capsAreTheDocumentedOnes(id: String, cap: Int?) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: id))
        #expect(profile.dailyCap?.value == cap)
    }

    @Test(arguments: [
        (0, MailboxStage.new), (30, .new), (31, .warming), (60, .warming), (61, .established), (9_999, .established),
    ])
    func ageDecidesTheStage(days: Int, stage: MailboxStage) throws {
        let bands = try CatalogFixture.catalog.get().dailyLimitBands
        #expect(bands.stage(ageInDays: days) == stage)
        #expect(bands.band(for: .new).high < bands.band(for: .warming).low)
        #expect(bands.band(for: .unknown) == bands.band(for: .new))
        #expect(bands.band(for: stage).source.hasPrefix("https://"))
    }

    @Test func bothFiguresOfADisagreementAreKept() throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: "microsoft365"))
        let daily = profile.limits.filter { $0.per == .day && ["messages", "recipients"].contains($0.what) }
        #expect(Set(daily.map(\.value)) == [5_000, 10_000])
        #expect(Set(daily.map(\.source)).count == 2)
    }

    @Test(arguments: [
        ("gmail", "jane.doe@gmail.com", "jane.doe@gmail.com", "jane.doe@gmail.com"),
        ("icloud", "jane@icloud.com", "jane@icloud.com", "jane"),
        ("web_de", "jane@web.de", "jane", "jane"), ("mit", "jane@mit.edu", "jane", "jane@mit.edu"),
        ("free_fr", "jane@free.fr", "jane", "jane"),
    ])
    func userNamesHaveTheFormOfEachSide(id: String, address: String, smtp: String, imap: String) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: id))
        let address = try EmailAddress(address)
        let settings = try #require(profile.settings(of: address.domain).first?.settings(for: address))
        #expect(settings.smtpUsername == smtp)
        #expect(settings.imapUsername == imap)
    }

    /// Organisations have servers of their own, and people at the provider's domains others.
    @Test(arguments: [("example.com", "pro.zoho.com"), ("zohomail.com", ".zoho.com")])
    func serversArePairedWithThePreferredReaderFirst(domain: String, ending: String) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: "zoho_com"))
        let settings = profile.settings(of: try DomainName(domain))
        #expect(settings.count == 8)
        #expect(Set(settings.prefix(4).map(\.imap.host)) == ["imap" + ending])
        #expect(settings.first?.smtp.host == "smtp" + ending)
        #expect(Set(settings).count == 8)
    }

    /// Where a record of the domain names the server, that one comes first, and the directory of all customers is none.
    @Test(arguments: [
        ("pro3.mail.ovh.net", "pro3.mail.ovh.net"), ("autodiscover.mail.ovh.net", "ssl0.ovh.net"),
        ("mail.customer.example", "ssl0.ovh.net"),
    ])
    func theTargetOfAutodiscoverMayBeTheServer(target: String, host: String) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: "ovh"))
        let settings = profile.settings(of: try DomainName("customer.example"), autodiscover: [target])
        #expect(settings.first?.imap.host == host)
    }

    @Test func theExchangerMayBeTheServer() throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: "all_inkl"))
        let domain = try DomainName("customer.example")
        #expect(profile.settings(of: domain) == [])
        let settings = profile.settings(of: domain, exchangers: ["mx.else.example", "w0123456.kasserver.com"])
        #expect(Set(settings.map(\.imap.host)) == ["w0123456.kasserver.com"])
    }

    /// Whose addresses are people's own decides the daily limit.
    @Test(arguments: [
        ("yandex", "ya.ru", true), ("yandex", "customer.example", false), ("mail_ru", "corp.mail.ru", false),
        ("fastmail", "fastmail.com", true), ("gmail", "gmail.com", true),
        ("google_workspace", "customer.example", false),
    ])
    func peoplesMailboxesAreTold(id: String, domain: String, isConsumer: Bool) throws {
        let catalog = try CatalogFixture.catalog.get()
        let profile = try #require(catalog.profile(id: id))
        let name = try DomainName(domain)
        #expect(profile.isConsumer(at: name) == isConsumer)
        let practice = catalog.dailyLimitBands.practice(for: profile, inboxType: profile.inboxType, at: name)
        #expect((practice?.caps.isEmpty == false) == isConsumer)
    }

    @Test func aPlaceholderNeedsTheDomain() throws {
        let text = CatalogFixture.profile("a", ("smtp.a.example", "mail.{domain}"))
        try CatalogFixture.withCatalog(["profiles/a.json": text]) { folder in
            let profile = try #require(try Catalog.load(from: folder).profile(id: "a"))
            #expect(profile.smtp.map { $0.endpoint(.smtp, domain: nil) } == [nil])
            let settings = profile.settings(of: try DomainName("customer.example"))
            #expect(settings.map(\.smtp.host) == ["mail.customer.example"])
        }
    }

    @Test func aGivenUserNameIsNotMadeUp() throws {
        let text = CatalogFixture.profile("a", (#""username": "address""#, #""username": "given""#))
        try CatalogFixture.withCatalog(["profiles/a.json": text]) { folder in
            let profile = try #require(try Catalog.load(from: folder).profile(id: "a"))
            let address = try EmailAddress("jane@a.example")
            let settings = try #require(profile.settings(of: address.domain).first?.settings(for: address))
            #expect(settings.smtpUsername == nil)
            #expect(settings.imapUsername == nil)
        }
    }
}
