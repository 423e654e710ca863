import Foundation
import Testing

@Suite("Secrets on their way in, and nowhere out")
struct SecretInputTests {
    private static let doctor = ["doctor", "jane@gmail.com", "--offline", "--verbose"]

    @Test func aProgramForASecretInheritsNoneOfOurs() async throws {
        let names = [
            "MAILCONNECT_PASSWORD", "MAILCONNECT_IMAP_PASSWORD", "MAILCONNECT_OAUTH_TOKEN", "COLDSEND_API_KEY",
        ]
        let check = names.map { "test -z \"$\($0)\"" }.joined(separator: " && ")
        let secrets = Dictionary(uniqueKeysWithValues: names.map { ($0, "inherited-secret") })
        let arguments = Self.doctor + ["--password-command", "\(check) && test -n \"$PATH\" && echo fine"]
        let result = try await ToolProcess(arguments, environment: secrets)
        #expect(result.status == 2, "\(result.error)")
    }

    @Test func aProgramThatPrintsTooMuchIsRefused() async throws {
        let result = try await ToolProcess(Self.doctor + ["--password-command", "head -c 200000 /dev/zero"])
        #expect(result.status == 65)
        #expect(result.error.contains("printed more than 65536 octets"))
    }

    @Test(arguments: ["--json", "--verbose"]) func aSecretIsInNoOutput(_ form: String) async throws {
        let secret = "Zebra-crossing-0815"
        let result = try await ToolProcess(
            ["doctor", "jane@gmail.com", "--offline", form, "--oauth-token-file", "-"],
            environment: ["MAILCONNECT_PASSWORD": secret, "COLDSEND_API_KEY": secret], input: secret + "\n")
        #expect(result.status == 2)
        #expect(!(result.output + result.error).contains(secret))
    }

    @Test func aWrongKeyIsNotQuoted() async throws {
        let result = try await ToolProcess(
            ["add", "jane@gmail.com", "--display-name", "Jane"], environment: ["COLDSEND_API_KEY": "wrong_kind_4711"])
        #expect(result.status == 64)
        #expect(!result.error.contains("4711"))
    }
}
