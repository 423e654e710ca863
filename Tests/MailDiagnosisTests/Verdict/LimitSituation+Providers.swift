import MailDiagnosis
import MailModel

/// What providers forbid.
extension LimitSituation {
    static let providers: [LimitSituation] = [
        .init(
            name: "Workspace, unknown", provider: "google_workspace", number: 20, band: 20...30, told: .unknown,
            cap: 2_000, because: ["provider_cap", "ramp"]),
        .init(
            name: "Workspace, established", stage: .established, provider: "google_workspace", number: 80,
            band: 80...100, told: .established, cap: 2_000, because: ["provider_cap", "practice"]),
        .init(
            name: "Workspace trial", trial: true, provider: "google_workspace", number: 10, band: 10...20,
            told: .unknown, cap: 500, because: ["trial", "provider_cap"]),
        .init(
            name: "Workspace trial, said to be established", stage: .established, trial: true,
            provider: "google_workspace", number: 10, band: 10...20, told: .new, cap: 500, because: ["trial"]),
        .init(
            name: "trial of somebody unknown, throttled", throttled: true, trial: true, number: 5, band: 5...20,
            told: .unknown, because: ["trial", "throttled"]),
        .init(
            name: "Microsoft 365", age: 100, provider: "microsoft365", number: 80, band: 80...100, told: .established,
            cap: 5_000, because: ["provider_cap"]),
        .init(
            name: "onmicrosoft.com, unknown", provider: "microsoft365", domain: "contoso.onmicrosoft.com", number: 10,
            band: 10...10, told: .unknown, cap: 100, because: ["shared_cap"]),
        .init(
            name: "onmicrosoft.com, established", stage: .established, records: passing, provider: "microsoft365",
            domain: "contoso.onmicrosoft.com", number: 10, band: 10...10, told: .established, cap: 100,
            because: ["shared_cap"]),
        .init(
            name: "a domain that only ends like it", stage: .established, provider: "microsoft365",
            domain: "notonmicrosoft.com", number: 80, band: 80...100, told: .established, cap: 5_000),
        .init(
            name: "GoDaddy's Microsoft 365", stage: .warming, provider: "godaddy_m365", number: 50, band: 50...80,
            told: .warming, cap: 5_000),
        .init(
            name: "Zoho, established: an hour's cap", stage: .established, provider: "zoho_com", number: 25,
            band: 25...25, told: .established, because: ["hourly_cap", "provider_cap_unknown"]),
        .init(
            name: "Zoho, new", stage: .new, provider: "zoho_eu", number: 20, band: 20...25, told: .new,
            because: ["hourly_cap", "ramp"]),
        .init(
            name: "cPanel: an example of a cap", stage: .established, provider: "cpanel_generic", number: 25,
            band: 25...25, told: .established, because: ["example_cap"]),
        .init(
            name: "IONOS, 3 days", age: 3, provider: "ionos", number: 5, band: 5...5, told: .new,
            because: ["first_weeks", "contract_age"]),
        .init(
            name: "IONOS, 10 days", age: 10, provider: "ionos_de", number: 5, band: 5...5, told: .new,
            because: ["first_weeks"]),
        .init(name: "IONOS, 20 days", age: 20, provider: "ionos_uk", number: 10, band: 10...10, told: .new),
        .init(name: "IONOS, 30 days", age: 30, provider: "ionos_fr", number: 20, band: 20...20, told: .new),
        .init(name: "IONOS, 31 days", age: 31, provider: "ionos", number: 50, band: 50...80, told: .warming),
        .init(
            name: "IONOS, unknown: the strictest is assumed", provider: "ionos", number: 20, band: 20...25,
            told: .unknown, because: ["contract_age"]),
        .init(
            name: "IONOS, established", stage: .established, provider: "ionos", number: 80, band: 80...100,
            told: .established),
        .init(
            name: "IONOS Exchange, unknown", provider: "ionos_exchange", number: 20, band: 20...30, told: .unknown),
        .init(
            name: "a reseller's 20i, 5 days", age: 5, provider: "stackmail_20i", number: 5, band: 5...5, told: .new,
            cap: 50, because: ["first_weeks"]),
        .init(
            name: "a reseller's 20i, unknown", provider: "stackmail_20i", number: 20, band: 20...30, told: .unknown,
            cap: 8_000),
        .init(
            name: "a domain of 5 days at IONOS", domainAge: 5, provider: "ionos", number: 5, band: 5...5, told: .new,
            because: ["domain_new", "first_weeks"]),
        .init(
            name: "easyname, established", stage: .established, provider: "easyname", number: 80, band: 80...100,
            told: .established, cap: 1_500),
        .init(
            name: "a cap of 250 a day", stage: .established, provider: "tpp_wholesale", number: 80, band: 80...100,
            told: .established, cap: 250, because: ["provider_cap"]),
        .init(
            name: "Gmail, unknown", provider: "gmail", domain: "gmail.com", number: 10, band: 10...10, told: .unknown,
            cap: 500, because: ["consumer_mailbox", "ramp"]),
        .init(
            name: "Gmail, established", stage: .established, provider: "gmail", domain: "gmail.com", number: 20,
            band: 20...20, told: .established, cap: 500, because: ["consumer_mailbox"]),
        .init(
            name: "Yahoo, warming", stage: .warming, provider: "yahoo", domain: "yahoo.com", number: 15, band: 15...15,
            told: .warming, cap: 500, because: ["consumer_mailbox"]),
        .init(
            name: "iCloud, established and throttled", stage: .established, throttled: true, provider: "icloud",
            domain: "icloud.com", number: 20, band: 20...20, told: .established, cap: 1_000,
            because: ["consumer_mailbox", "throttled"]),
        .init(
            name: "Outlook.com, unknown", provider: "outlook_com", domain: "outlook.com", number: 5, band: 5...5,
            told: .unknown, cap: 5_000, because: ["consumer_mailbox"]),
        .init(
            name: "Outlook.com, established", stage: .established, provider: "outlook_com", domain: "outlook.com",
            number: 10, band: 10...10, told: .established, cap: 5_000, because: ["consumer_mailbox"]),
    ]
}
