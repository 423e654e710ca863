import MailJSON

/// The parts of the JSON of draft-ietf-mailmaint-pacc that matter here. Keys that are not listed are ignored.
struct PACCBody {
    /// One TCP protocol.
    struct Service {
        let host: String?
    }

    /// The protocols that are offered.
    struct Protocols {
        let imap: Service?
        let submit: Service?
        let smtp: Service?
    }

    /// OAuth 2 for clients without a secret.
    struct OAuthPublic {
        let issuer: String?
    }

    /// How to log in.
    struct Authentication {
        let oauthPublic: OAuthPublic?
        let password: Bool?
    }

    /// Who it is.
    struct Provider {
        let name: String?
    }

    /// Texts for people.
    struct Info {
        let provider: Provider?
    }

    let protocols: Protocols?
    let authentication: Authentication?
    let info: Info?

    /// How the document stands in JSON.
    static let json = JSONDescription<PACCBody>.object(
        PACCBody.init,
        .field("protocols", \.protocols, .optional(protocols), "The protocols that are offered."),
        .field("authentication", \.authentication, .optional(authentication), "How to log in."),
        .field("info", \.info, .optional(info), "Texts for people."))

    private static let service = JSONDescription<Service>.object(
        Service.init, .field("host", \.host, .optional(.text), "The host."))

    private static let protocols = JSONDescription<Protocols>.object(
        Protocols.init, .field("imap", \.imap, .optional(service), "IMAP."),
        .field("submit", \.submit, .optional(service), "Submission, since revision 03."),
        .field("smtp", \.smtp, .optional(service), "Submission, in revision 02."))

    private static let authentication = JSONDescription<Authentication>.object(
        Authentication.init,
        .field(
            "oauth-public", \.oauthPublic,
            .optional(.object(OAuthPublic.init, .field("issuer", \.issuer, .optional(.text), "The issuer."))),
            "OAuth 2."),
        .field("password", \.password, .optional(.bool), "Whether passwords are accepted."))

    private static let info = JSONDescription<Info>.object(
        Info.init,
        .field(
            "provider", \.provider,
            .optional(.object(Provider.init, .field("name", \.name, .optional(.text), "The provider's name."))),
            "Who it is."))
}
