import Foundation
import MailTestSupport
import Testing

/// The stand-in for the registration API.
@Suite(.lab) struct LabRegistrationTests {
    @Test(arguments: [
        (LabAPIKey.accepted, 201), (.taken, 409), (.invalid, 422), (.busy, 429), (.broken, 500), (.away, 503),
        (.unknown, 401),
    ])
    func answersByKey(key: LabAPIKey, status: Int) async throws {
        let answer = try await post(#"{"email_address":"\#(key)@lab.test","daily_limit":25}"#, key)
        #expect(answer.standardOutput.hasSuffix("\n\(status)"))
    }

    @Test func repeatsTheAccount() async throws {
        let body =
            #"{"email_address":"a@lab.test","display_name":"Ä \"b\"","inbox_type":"CUSTOM_SMTP","daily_limit":25}"#
        let answer = try await post(body, .accepted)
        let lines = answer.standardOutput.split(separator: "\n")
        let created = try JSONDecoder().decode(Created.self, from: Data(lines[0].utf8))
        #expect(
            created
                == Created(
                    success: true, email_address: "a@lab.test", display_name: "Ä \"b\"", inbox_type: "CUSTOM_SMTP",
                    daily_limit: 25))
    }

    @Test func keepsBodiesByteForByte() async throws {
        let bodies = ["{\"email_address\":\"bytes@lab.test\",  \"display_name\":\"Zoë\\u0000\\n\"}", "not JSON"]
        for body in bodies { _ = try await post(body, .accepted) }
        let kept = try await Lab.shared().registrations().map { String(decoding: $0, as: UTF8.self) }
        #expect(kept.filter { bodies.contains($0) } == bodies)
    }

    @Test func otherPathsAndMethodsAreNotRecorded() async throws {
        let lab = try await Lab.shared()
        let arguments = ["--silent", "--cacert", lab.caFile, "--write-out", "%{http_code}", "--output", "/dev/null"]
        let elsewhere = try await lab.client().run(
            "curl", arguments + ["--data", "elsewhere", "https://api.coldsend.pro/api/public/v1/sender-accounts"])
        #expect(elsewhere.standardOutput == "404")
        let put = try await lab.client().run(
            "curl", arguments + ["--request", "PUT", "--data", "put", Self.url])
        #expect(put.standardOutput == "403")
        let kept = try lab.registrations().map { String(decoding: $0, as: UTF8.self) }
        #expect(!kept.contains("elsewhere") && !kept.contains("put"))
    }

    private struct Created: Decodable, Equatable {
        var success: Bool
        var email_address: String
        var display_name: String
        var inbox_type: String
        var daily_limit: Int
    }

    private static let url = "https://api.coldsend.pro/api/public/v1/sender-accounts/smtp"

    private func post(_ body: String, _ key: LabAPIKey) async throws -> LabResult {
        let lab = try await Lab.shared()
        let arguments = [
            "--silent", "--cacert", lab.caFile, "--header", "X-API-Key: \(key.rawValue)", "--data-binary", body,
            "--write-out", "\n%{http_code}", Self.url,
        ]
        return try await lab.client().run("curl", arguments)
    }
}
