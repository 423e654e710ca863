import MailModel
import ProviderCatalog
import Testing

/// Which profile a mail exchanger or a mail domain belongs to.
@Suite struct ExchangeMatchingTests {
    @Test(arguments: [
        ("smtp.google.com", "google_workspace"), ("SMTP.Google.COM.", "google_workspace"),
        ("aspmx.l.google.com", "google_workspace"), ("alt4.aspmx.l.google.com", "google_workspace"),
        ("aspmx2.googlemail.com", "google_workspace"), ("gmail-smtp-in.l.google.com", "gmail"),
        ("alt1.gmail-smtp-in.l.google.com", "gmail"), ("other.smtp.google.com", nil), ("l.google.com", nil),
        ("example-com.mail.protection.outlook.com", "microsoft365"),
        ("example-com.a-v1.mx.microsoft", "microsoft365"), ("mx.microsoft", "microsoft365"),
        ("notmx.microsoft", nil), ("outlook-com.olc.protection.outlook.com", "outlook_com"),
        ("protection.outlook.com", nil), ("mx.zoho.com", "zoho_com"), ("mx2.zoho.eu", "zoho_eu"),
        ("mx3.zoho.com.au", "zoho_au"), ("mx.zohocloud.ca", "zoho_ca"), ("badzoho.com", nil),
        ("zoho.com.evil.example", nil), ("mta5.am0.yahoodns.net", "yahoo"), ("mx-aol.mail.gm0.yahoodns.net", "aol"),
        ("mx01.mail.icloud.com", "icloud"), ("in1-smtp.messagingengine.com", "fastmail"),
        ("mx00.ionos.de", "ionos_de"), ("mx00.ionos.co.uk", "ionos_uk"), ("mx.yandex.net", "yandex"),
        ("sub.mx.yandex.net", nil), ("mx1.titan.email", "titan"), ("mx1.hostinger.com", "hostinger"),
        ("mx1.privateemail.com", "namecheap"), ("mailstore1.secureserver.net", "godaddy"),
        ("mxa-00123.gslb.pphosted.com", "proofpoint"), ("eu-smtp-inbound-1.mimecast.com", "mimecast"),
        ("d12345.a.ess.barracudanetworks.com", "barracuda"), ("route1.mx.cloudflare.net", "cloudflare_email_routing"),
        ("mx1.improvmx.com", "improvmx"), ("eforward1.registrar-servers.com", "namecheap_forwarding"),
        ("cust-cn.mail.protection.partner.outlook.cn", "microsoft365_cn"),
        ("cust-us.mail.protection.office365.us", "microsoft365_us"), ("mx.zoho.com.cn", "zoho_cn"),
        ("mx-biz.mail.am0.yahoodns.net", "yahoo_small_business"), ("mx2.mail.yahoo.co.jp", "yahoo_japan"),
        ("inbound-smtp.us-east-1.amazonaws.com", "amazon_ses"),
        ("inbound-smtp.eu-west-1.amazonaws.com", "amazon_ses"),
        ("inbound-smtp.eu-central-1.amazonaws.com", "amazon_ses"), ("inbound-smtp.nowhere-1.amazonaws.com", nil),
        ("mx1.dreamhost.com", "dreamhost"), ("mxbiz1.qq.com", "tencent_exmail"), ("mx1.qq.com", nil),
        ("qiye163mx01.mxmail.netease.com", "netease_qiye"), ("mx1.sg.aliyun.com", "aliyun_mail_sg"),
        ("mx001.cloudus.xion.oxcs.net", "ox_cloud_us"), ("mx001.brand.xion.oxcs.net", "ox_cloud"),
        ("mx10.antispam.mailspamprotection.com", "siteground_filter"), ("mx3.jellyfish.systems", "namecheap_filter"),
        ("filter10.antispamcloud.com", "spamexperts"), ("mx.example.net", nil), ("", nil), (".", nil), ("..", nil),
        ("com", nil), ("alt1.gmr-smtp-in.l.google.com", "google_domains_forwarding"),
        ("contoso-com.usgovcloud-mx.microsoft", "microsoft365_us"), ("d-de.mail.protection.outlook.de", "microsoft365"),
        ("w00e1d30.kasserver.com", "all_inkl"), ("mx.transip.email", "transip"), ("mx1.mail.hostpoint.ch", "hostpoint"),
        ("zonemx.eu", "zone_ee"), ("mx1.mailchannels.net", "mailchannels"), ("matupunuka-mx1.titanhq.com", "spamtitan"),
        ("mx-01-eu-central-1.prod.hydra.sophos.com", "sophos"), ("d-de.mail.cloud.nospamproxy.com", "nospamproxy"),
        ("example.in.tmes.trendmicro.eu", "trend_micro"), ("park-mx.above.com", "above_parking"),
        ("fwd2.porkbun.com", "porkbun_forwarding"), ("aspmx.l.google.com.evil.example", nil),
        ("mail-protection-outlook.com", nil),
    ])
    func exchangerBelongsTo(exchange: String, id: String?) throws {
        #expect(try CatalogFixture.catalog.get().profile(mx: exchange)?.id == id)
    }

    @Test(arguments: [
        ("gmail.com", "gmail"), ("googlemail.com", "gmail"), ("outlook.com", "outlook_com"),
        ("hotmail.com", "outlook_com"), ("contoso.onmicrosoft.com", "microsoft365"), ("onmicrosoft.com", nil),
        ("a.b.onmicrosoft.com", "microsoft365"), ("mail.gmail.com", nil), ("icloud.com", "icloud"),
        ("aol.com", "aol"), ("yahoo.co.uk", "yahoo"), ("gmx.de", "gmx_net"), ("gmx.com", "gmx_com"),
        ("web.de", "web_de"), ("proton.me", "proton"), ("nyu.edu", "google_workspace"), ("verizon.net", "verizon"),
        ("outlook.com.tr", "outlook_com"), ("foxmail.com", "qq"), ("wanadoo.fr", "orange_fr"),
        ("yahoo.co.jp", "yahoo_japan"), ("sent.com", "fastmail"), ("vk.com", "mail_ru"), ("inbox.lt", "inbox_lv"),
        ("example.com", nil),
    ])
    func domainBelongsTo(domain: String, id: String?) throws {
        #expect(try CatalogFixture.catalog.get().profile(mailDomain: try DomainName(domain))?.id == id)
    }

    @Test(arguments: [
        ("proofpoint", ProviderKind.gateway), ("mimecast", .gateway), ("barracuda", .gateway),
        ("cloudflare_email_routing", .forwarding), ("improvmx", .forwarding), ("namecheap_forwarding", .forwarding),
        ("sendgrid", .sendingOnly), ("amazon_ses", .sendingOnly), ("azure_acs", .sendingOnly), ("proton", .noIMAP),
        ("i_ua", .noIMAP), ("rediff", .noIMAP), ("trellix", .gateway), ("postini", .gateway), ("po6", .forwarding),
    ])
    func isNeverTakenForAMailbox(id: String, kind: ProviderKind) throws {
        let profile = try #require(try CatalogFixture.catalog.get().profile(id: id))
        #expect(profile.kind == kind)
        #expect(profile.settings(of: try DomainName("example.com")).isEmpty)
    }

    @Test func theLongestPatternWins() throws {
        let files = [
            "profiles/a.json": CatalogFixture.profile("a", ("mx.a.example", "example.net")),
            "profiles/b.json": CatalogFixture.profile("b", ("mx.b.example", "deep.example.net")),
            "profiles/c.json": CatalogFixture.profile(
                "c", (#""suffix": "mx.c.example""#, #""exact": "mx.deep.example.net""#)),
        ]
        try CatalogFixture.withCatalog(files) { folder in
            let catalog = try Catalog.load(from: folder)
            #expect(catalog.profile(mx: "mx1.example.net")?.id == "a")
            #expect(catalog.profile(mx: "mx1.deep.example.net")?.id == "b")
            #expect(catalog.profile(mx: "mx.deep.example.net")?.id == "c")
            #expect(catalog.profile(mx: "x.mx.deep.example.net")?.id == "b")
        }
    }
}
