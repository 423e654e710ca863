import MailModel
import MailNetwork

/// HTTPS for the registration, set up when the first request leaves; a failure to set it up is one to connect.
struct RegistrationTransport: HTTPSending {
    let resolver: any DNSResolving
    let caFile: String?
    let userAgent: String

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let client = try CurlHTTPClient(resolver: resolver, caFile: caFile, userAgent: userAgent)
        return try await client.send(request)
    }
}
