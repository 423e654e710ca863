import Foundation
import MailModel
import MailNetwork
import MailRegistration
import Testing

/// Servers that give back what they were sent, in every way that they may write it: nothing of it may be shown.
@Suite struct RegistrationLeakTests {
    private static let passwords = [
        "S3nd-Me/plus+1", "Tr1cky \"quotes\" & <tags> 'n' \\slash\\", "päßwörd-👩‍🚀-e\u{301}", "  padded-W0rd  ",
        "ctrl\u{1}\u{7F}\ttab-W0rd", "qwertyuiop", String(repeating: "Lo0ng-", count: 60),
    ]
    private static let statuses = [200, 201, 204, 302, 400, 401, 403, 409, 422, 429, 500, 502, 503]

    /// How a server may write a text.
    private static func spellings(of text: String) throws -> [String] {
        let html = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let json = String(decoding: try JSONEncoder().encode([text]).dropFirst().dropLast(), as: UTF8.self)
        let base64 = Data(text.utf8).base64EncodedString()
        let sasl = Data(("\0jane\0" + text).utf8).base64EncodedString()
        return [
            text, text.uppercased(), json, base64, sasl, base64.replacing("+", with: "-").replacing("/", with: "_"),
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
            text.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? "",
            html.replacing("\"", with: "&quot;").replacing("'", with: "&#x27;"),
            html.replacing("\"", with: "&#34;").replacing("'", with: "&#39;"),
            text.precomposedStringWithCanonicalMapping, text.trimmingCharacters(in: .whitespacesAndNewlines),
        ]
    }

    /// Where in a body it may stand.
    private static func bodies(echoing text: String) throws -> [String] {
        let json = String(decoding: try JSONEncoder().encode([text]).dropFirst().dropLast(), as: UTF8.self)
        return [
            "{\"detail\":\(json)}", "{\"success\":false,\"message\":\(json)}",
            "{\"detail\":[{\"loc\":[\"body\",\"smtp_password\"],\"msg\":\"m\",\"type\":\"t\",\"input\":\(json)}]}",
            "{\"detail\":[{\"loc\":[\"body\",\(json)],\"msg\":\(json),\"ctx\":{\"v\":\(json)}}]}",
            "{\"detail\":\"no\",\"required\":[\(json)],\"granted\":[\(json)]}",
            "{\"success\":true,\"message\":\(json),\"inbox_id\":\(json),\"overall_status\":\(json),"
                + "\"created_at\":\(json)}",
            "<p>bad value: \(text)</p>", text, "{\"input\": \(json)", "{\(json):\(json)}",
        ]
    }

    /// All that an outcome can be printed as.
    private static func printed(_ outcome: RegistrationOutcome) -> String {
        var result = "\(outcome)\n\(String(reflecting: outcome))\n"
        dump(outcome, to: &result)
        return result
    }

    /// Six characters of it, of its base64 and of its percent-encoding are enough to call it a leak.
    private static func pieces(of secret: String) -> Set<String> {
        let forms = [
            secret, secret.lowercased(), Data(secret.utf8).base64EncodedString().replacing("=", with: ""),
            secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
        ]
        return Set(
            forms.flatMap { form in
                let characters = Array(form)
                guard characters.count > 6 else { return [form] }
                return (0...(characters.count - 6)).map { String(characters[$0..<($0 + 6)]) }
            })
    }

    @Test(arguments: passwords) func noOutcomeShowsAPassword(password: String) async throws {
        var account = TestAccount()
        account.smtpPassword = password
        let pieces = Self.pieces(of: password)
        for spelling in try Self.spellings(of: password) {
            for (index, body) in try Self.bodies(echoing: spelling).enumerated() {
                for status in [Self.statuses[index % Self.statuses.count], 201] {
                    let outcome = try await account.register(over: RecordingHTTP(status, body))
                    let words = [outcome.reason, outcome.inboxID ?? "", outcome.overallStatus ?? ""]
                    expectNone(of: pieces, in: words.joined(separator: "\n"), "\(status) \(body)")
                    #expect(!Self.printed(outcome).contains(password))
                }
            }
        }
    }

    @Test func theOtherPasswordAndTheKeyAreMaskedToo() async throws {
        let account = TestAccount()
        for secret in [account.imapPassword, TestAccount.key] {
            for status in Self.statuses {
                for body in try Self.bodies(echoing: secret) {
                    let outcome = try await account.register(over: RecordingHTTP(status, body))
                    #expect(!Self.printed(outcome).contains(secret))
                }
            }
        }
    }

    @Test func aFailureThatQuotesSecretsIsMasked() async throws {
        let account = TestAccount()
        for left in [true, false] {
            let failure = HTTPFailure(
                kind: .broken, requestMayHaveLeft: left, detail: "\(TestAccount.key) \(account.smtpPassword)")
            let outcome = try await account.register(over: RecordingHTTP(failing: failure))
            #expect(!Self.printed(outcome).contains(account.smtpPassword))
            #expect(!Self.printed(outcome).contains(TestAccount.key))
        }
    }

    /// A long body is cut before it is searched; wherever the cut falls, no half of a secret may be left.
    @Test func noHalfOfASecretIsLeftWhereABodyIsCut() async throws {
        let account = TestAccount()
        let pieces = Self.pieces(of: account.smtpPassword)
        for shift in 0..<account.smtpPassword.count {
            let body =
                String(repeating: "-", count: shift) + String(repeating: account.smtpPassword, count: 2_000)
            let html = try await account.register(over: RecordingHTTP(502, body))
            expectNone(of: pieces, in: html.reason, "shift \(shift)")
            let json = try await account.register(over: RecordingHTTP(400, "{\"detail\":\"\(body)\"}"))
            expectNone(of: pieces, in: json.reason, "shift \(shift)")
        }
    }

    @Test func requestsAndPermitsPrintNoSecret() throws {
        let account = TestAccount()
        let request = try account.request()
        var shown = "\(request) \(String(reflecting: request)) \(request.redactedFields)"
        dump(request, to: &shown)
        let permit = try account.permit()
        shown += "\(permit) \(String(reflecting: permit))"
        dump(permit, to: &shown)
        shown += Self.printed(RegistrationClient.dryRun(request))
        let client = try account.client(RecordingHTTP(200))
        shown += "\(client)"
        dump(client, to: &shown)
        for secret in [account.smtpPassword, account.imapPassword, TestAccount.key] {
            expectNone(of: Self.pieces(of: secret).filter { $0 != "cs_liv" && $0 != "s_live" }, in: shown, "dump")
        }
    }

    private func expectNone(of pieces: Set<String>, in shown: String, _ comment: String) {
        let found = pieces.filter { shown.contains($0) }
        #expect(found.isEmpty, "\(comment): \(found.sorted().prefix(3)) in \(shown.prefix(400))")
    }
}
