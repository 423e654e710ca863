import Testing

@testable import MailProtocol

struct SMTPCapabilitiesTests {
    struct Case: Sendable {
        let lines: [String]
        let starttls: Bool
        let mechanisms: [String]
    }

    @Test(arguments: [
        Case(lines: [], starttls: false, mechanisms: []),
        Case(lines: ["AUTH PLAIN LOGIN"], starttls: false, mechanisms: ["PLAIN", "LOGIN"]),
        Case(lines: ["auth plain login", "starttls"], starttls: true, mechanisms: ["PLAIN", "LOGIN"]),
        Case(lines: ["AUTH=LOGIN PLAIN"], starttls: false, mechanisms: ["LOGIN", "PLAIN"]),
        Case(lines: ["AUTH=LOGIN", "AUTH LOGIN XOAUTH2"], starttls: false, mechanisms: ["LOGIN", "XOAUTH2"]),
        Case(lines: ["AUTH", "AUTH=", "STARTTLS  "], starttls: true, mechanisms: []),
        Case(lines: ["AUTH  PLAIN   LOGIN "], starttls: false, mechanisms: ["PLAIN", "LOGIN"]),
        Case(lines: ["AUTHINFO PLAIN", "X-STARTTLS", "XAUTH=PLAIN"], starttls: false, mechanisms: []),
        Case(lines: ["STARTTLS REQUIRED"], starttls: true, mechanisms: []),
        Case(lines: ["XXXXXXXA"], starttls: false, mechanisms: []),
    ])
    func keywords(_ testCase: Case) {
        let lines = (["mail.example.test AUTH NTLM"] + testCase.lines).map { Array($0.utf8) }
        let capabilities = SMTPCapabilities(SMTPReply(code: 250, lines: lines))
        #expect(capabilities.offersSTARTTLS == testCase.starttls)
        #expect(capabilities.mechanisms == testCase.mechanisms)
        #expect(capabilities.lines.count == testCase.lines.count)
    }
}
