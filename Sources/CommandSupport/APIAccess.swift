internal import FoundationEssentials
package import MailModel
package import MailRegistration

/// Where the registration API is, and the key for it.
package struct APIAccess: Sendable {
    /// The API's own address, as its vendor documents it.
    static let defaultBase = "https://api.coldsend.pro"

    package let base: APIBase
    package let key: APIKey?
    package let secrets: [Secret]

    /// A base and a key that are known to be right.
    package init(base: String, key: Secret) throws {
        self.base = try APIBase(base)
        self.key = try APIKey(key)
        secrets = [key]
    }

    /// Reads both from options and environment; what is missing or unusable is wrong usage.
    package init(
        url: String?, keyFile: String?, keyNeeded: Bool, within seconds: Double
    ) throws(CommandFailure) {
        let environment = ProcessInfo.processInfo.environment
        let named = url ?? environment["COLDSEND_API_URL"].flatMap { $0.isEmpty ? nil : $0 }
        do throws(APIBaseError) {
            base = try APIBase(named ?? Self.defaultBase)
        } catch {
            throw CommandFailure(.usage, .badURL, "\(error) (--api-url or COLDSEND_API_URL)", field: "api_url")
        }
        var secret = environment["COLDSEND_API_KEY"].flatMap { $0.isEmpty ? nil : Secret($0) }
        if let keyFile { secret = try SecretFile.secret(keyFile, within: seconds, field: "api_key_file") }
        secrets = secret.map { [$0] } ?? []
        guard let secret, keyNeeded else {
            key = nil
            if keyNeeded {
                throw CommandFailure(
                    .usage, .missingAPIKey, "no API key: set COLDSEND_API_KEY or use --api-key-file", field: "api_key")
            }
            return
        }
        do throws(APIKeyError) {
            key = try APIKey(secret)
        } catch {
            throw CommandFailure(
                .usage, .badAPIKey, "\(error) (--api-key-file or COLDSEND_API_KEY)", field: "api_key")
        }
    }
}
