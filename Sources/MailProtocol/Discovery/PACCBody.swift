/// The parts of the JSON of draft-ietf-mailmaint-pacc that matter here. Keys that are not listed are ignored.
struct PACCBody: Decodable {
    /// One TCP protocol.
    struct Service: Decodable {
        let host: String?
    }

    /// The protocols that are offered.
    struct Protocols: Decodable {
        let imap: Service?
        let submit: Service?
        let smtp: Service?
    }

    /// OAuth 2 for clients without a secret.
    struct OAuthPublic: Decodable {
        let issuer: String?
    }

    /// How to log in.
    struct Authentication: Decodable {
        enum CodingKeys: String, CodingKey {
            case oauthPublic = "oauth-public"
            case password
        }

        let oauthPublic: OAuthPublic?
        let password: Bool?
    }

    /// Who it is.
    struct Provider: Decodable {
        let name: String?
    }

    /// Texts for people.
    struct Info: Decodable {
        let provider: Provider?
    }

    let protocols: Protocols?
    let authentication: Authentication?
    let info: Info?
}
